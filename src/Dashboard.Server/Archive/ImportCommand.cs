using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary><c>lossboard import</c>.</summary>
internal static class ImportCommand
{
    public static readonly ServerCommand Command = new(
        "import", "Takes a project in from an archive: all of it, or nothing.",
        [
            new CommandOption("data", "DIR", "The data folder, made where there is none; no server may use it meanwhile (a server has POST /api/v1/projects/import).", Required: true),
            new CommandOption("from", "FILE", "The archive.", Required: true),
            new CommandOption("as", "NAME", "Name of the new project; without it, the one it had."),
        ],
        RunAsync);

    private static async Task<int> RunAsync(CommandArguments arguments, CommandConsole console, CancellationToken cancellation)
    {
        await using var file = new FileStream(arguments["from"], FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        await using var store = await CommandStore.OpenAsync(arguments["data"], mayBeNew: true);
        try
        {
            var answer = await store.Get<ProjectImport>().ReadAsync(file, arguments.Find("as"), console.Progress, cancellation);
            console.Say($"Project '{answer.Project}': {answer.Runs} runs, {answer.Series} series, {answer.Points} points, {answer.Records} records, {answer.Artifacts} artifacts, {answer.Jobs} jobs.");
            console.Say($"content {answer.Content}");
            return 0;
        }
        catch (ArchiveException refusal)
        {
            console.Complain($"{refusal.Message} Nothing was stored.");
            return CommandLine.Damaged;
        }
        catch (ProjectNameTakenException refusal)
        {
            console.Complain($"{refusal.Message} Choose another with --as.");
            return CommandLine.Refused;
        }
    }
}
