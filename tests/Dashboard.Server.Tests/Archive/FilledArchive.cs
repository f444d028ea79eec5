namespace Dashboard.Server.Tests;

/// <summary>The archive of a project that has something of everything, made once.</summary>
public sealed class FilledArchive : IAsyncLifetime
{
    public byte[] Archive { get; private set; } = [];

    public async Task InitializeAsync()
    {
        await using var server = new Lossboard();
        using var client = server.CreateClient();
        await FilledProject.FillAsync(client, "filled");
        Archive = await client.ExportAsync("filled");
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
