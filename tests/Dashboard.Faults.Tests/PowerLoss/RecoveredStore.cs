using System.Security.Cryptography;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Faults.Tests;

/// <summary>The storage, within this process, over a folder that a power loss left: a server's start without the server.</summary>
internal sealed class RecoveredStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RecoveredStore(ServiceProvider services) => _services = services;

    /// <summary>Number of the last commit it found.</summary>
    public long LastSeq => (long)Get<IStorageHealth>().Read()["last_seq"];

    public static async Task<RecoveredStore> OpenAsync(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(Options.Create(new StorageOptions { DataFolder = folder }));
        services.AddStorage();
        var store = new RecoveredStore(services.BuildServiceProvider());
        foreach (var service in store._services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return store;
    }

    public async Task<bool> HasRunAsync(string runId) => await Get<IRunStore>().FindAsync(runId, CancellationToken.None) is not null;

    /// <summary>Ids of the project's runs by name.</summary>
    public async Task<Dictionary<string, string>> RunsAsync(string project) =>
        (await Get<IRunStore>().ListAsync(new RunQuery(project), CancellationToken.None)).Items.ToDictionary(run => run.Name, run => run.Id);

    /// <summary>Every scalar of a run by tag.</summary>
    /// <exception cref="InvalidOperationException">Points are damaged.</exception>
    public async Task<Dictionary<string, Point[]>> ScalarsAsync(string runId)
    {
        var scalars = new Dictionary<string, Point[]>();
        foreach (var series in await SeriesAsync(runId, kind => kind == RecordKind.Scalar))
        {
            var window = (await Get<ISeriesStore>().ReadScalarsAsync(runId, series.Tag, 0, null, null, CancellationToken.None))!;
            if (window.Damaged.Count > 0 || window.Total != series.Count)
                throw new InvalidOperationException($"'{series.Tag}' says it has {series.Count} points and has {window.Total}, {window.Damaged.Count} ranges damaged.");
            scalars.Add(series.Tag, [.. window.Steps.Select((step, i) => new Point(step, window.WallTimes[i], window.Values[i]))]);
        }
        return scalars;
    }

    /// <summary>Step and hash of the stored bytes of every record of a run, by tag.</summary>
    public async Task<Dictionary<string, (long Step, string Hash)[]>> RecordsAsync(string runId)
    {
        var records = new Dictionary<string, (long, string)[]>();
        foreach (var series in await SeriesAsync(runId, kind => kind != RecordKind.Scalar))
        {
            var stored = (await Get<ISeriesStore>().ReadRecordsAsync(runId, series.Kind, series.Tag, null, CancellationToken.None))!;
            records.Add(series.Tag, [.. stored.Select(record => (record.Step, Hash(record.Payload ?? throw new InvalidOperationException($"A record of '{series.Tag}' is damaged."))))]);
        }
        return records;
    }

    /// <summary>Ids of a run's artifacts, every version.</summary>
    /// <exception cref="InvalidOperationException">A listed artifact has no file, or one that is not whole.</exception>
    public async Task<List<string>> ArtifactsAsync(string runId)
    {
        var ids = new List<string>();
        foreach (var artifact in (await Get<IArtifactStore>().ListAsync(runId, null, null, true, CancellationToken.None))!)
        {
            var path = (await Get<IArtifactStore>().FindAsync(runId, artifact.Name, null, artifact.Id, CancellationToken.None))!.Value.Path;
            if (!File.Exists(path) || Hash(await File.ReadAllBytesAsync(path)) != artifact.Sha256)
                throw new InvalidOperationException($"The artifact '{artifact.Name}' is listed and its file is {(File.Exists(path) ? "not what it was" : "missing")}.");
            ids.Add(artifact.Id);
        }
        return ids;
    }

    /// <summary>Whether a batch can be stored: what was found is not only readable.</summary>
    public async Task AppendAsync(string project, string run) =>
        await Get<IIngestStore>().AppendAsync(
            new IngestBatch { Project = project, Run = run, Scalars = [new ScalarBlock("after", new Series.SeriesColumns([1], [1.0], [1.0], 1))] }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private async Task<IEnumerable<SeriesInfo>> SeriesAsync(string runId, Func<RecordKind, bool> kind) =>
        (await Get<ISeriesStore>().ListAsync(runId, CancellationToken.None))!.Where(series => kind(series.Kind));

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
