namespace Dashboard.Server.Tests;

/// <summary>Keeps what a server says to its terminal.</summary>
internal sealed class HeardTerminal : ITerminal
{
    public string Said { get; private set; } = "";

    /// <summary>The secret of the last link that was said.</summary>
    public string Secret => Said[(Said.LastIndexOf('#') + 1)..].Split('\n')[0];

    public Task SayAsync(string text)
    {
        Said += text;
        return Task.CompletedTask;
    }
}
