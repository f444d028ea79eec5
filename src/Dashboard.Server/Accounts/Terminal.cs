namespace Dashboard.Server;

/// <summary>Standard output.</summary>
internal sealed class Terminal : ITerminal
{
    public async Task SayAsync(string text)
    {
        await Console.Out.WriteAsync(text);
        await Console.Out.FlushAsync();
    }
}
