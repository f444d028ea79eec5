namespace Dashboard.Server;

/// <summary>One thing the program can do instead of serving.</summary>
/// <param name="Name">What a person types.</param>
/// <param name="Summary">What it does, in one sentence.</param>
/// <param name="Options">What may follow.</param>
/// <param name="Run">Does it and answers the exit code.</param>
internal sealed record ServerCommand(
    string Name, string Summary, IReadOnlyList<CommandOption> Options, Func<CommandArguments, CommandConsole, CancellationToken, Task<int>> Run);
