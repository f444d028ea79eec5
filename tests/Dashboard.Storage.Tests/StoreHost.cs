using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Storage.Tests;

/// <summary>A store over a folder of its own, which can be closed, killed (its folder copied as it lies on the disk) and opened again.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ICommitObserver? _observer;
    private readonly Action<StorageOptions>? _change;
    private ServiceProvider _services = null!;

    private StoreHost(string folder, ICommitObserver? observer, Action<StorageOptions>? change)
    {
        _folder = folder;
        _observer = observer;
        _change = change;
    }

    public string Folder => _folder;

    public IIngestStore Ingest => _services.GetRequiredService<IIngestStore>();

    public ISeriesStore Series => _services.GetRequiredService<ISeriesStore>();

    public IRunStore Runs => _services.GetRequiredService<IRunStore>();

    public IRunIndex Index => _services.GetRequiredService<IRunIndex>();

    public IArtifactStore Artifacts => _services.GetRequiredService<IArtifactStore>();

    public ISettingsStore Settings => _services.GetRequiredService<ISettingsStore>();

    public IAlertStore Alerts => _services.GetRequiredService<IAlertStore>();

    public IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public IStorageHealth Health => _services.GetRequiredService<IStorageHealth>();

    public StorageEngine Engine => _services.GetRequiredService<StorageEngine>();

    public static async Task<StoreHost> OpenAsync(string? folder = null, ICommitObserver? observer = null, Action<StorageOptions>? change = null)
    {
        var host = new StoreHost(folder ?? Directory.CreateTempSubdirectory("lossboard-store-").FullName, observer, change);
        await host.StartAsync();
        return host;
    }

    public Task SealAsync() => Engine.SealAsync();

    public async Task ReopenAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>What the disk holds right now, opened by a store of its own: as after a kill.</summary>
    public Task<StoreHost> OpenCopyAsync() => OpenAsync(CopyFolder());

    public string CopyFolder()
    {
        var copy = Directory.CreateTempSubdirectory("lossboard-copy-").FullName;
        foreach (var name in new[] { "lossboard.db", "lossboard.db-wal" }) File.Copy(Path.Combine(_folder, name), Path.Combine(copy, name));
        return copy;
    }

    public async Task StopAsync()
    {
        await Engine.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        // Sealing is asked for by the tests; nothing happens by the clock.
        var options = new StorageOptions { DataFolder = _folder, SealAfterSeconds = 1e9, UnsealedPoints = 100_000_000 };
        _change?.Invoke(options);
        services.AddSingleton(Options.Create(options));
        if (_observer is not null) services.AddSingleton(_observer);
        services.AddStorage();
        _services = services.BuildServiceProvider();
        await Engine.StartAsync(CancellationToken.None);
    }
}
