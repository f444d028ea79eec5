namespace Dashboard.Storage.Tests;

/// <summary>The folder of a store that held something of everything and was closed, made once; tests take copies of it.</summary>
public sealed class FilledFolder : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-filled-").FullName;

    /// <summary>Id of its run.</summary>
    public string Run { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var store = await StoreHost.OpenAsync(_folder);
        Run = await store.FillAsync();
        await store.StopAsync();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Copies it into a folder that is made.</summary>
    public void CopyTo(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock"))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(_folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
