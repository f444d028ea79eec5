using Dashboard.Series;

namespace Dashboard.Storage.Tests;

/// <summary>A store that holds something of everything, for what has to read, copy or check all of it.</summary>
internal static class FilledStore
{
    // More than a block of the coarsest level, so that each level is there, and a chunk that is not full.
    public const int LongPoints = SeriesLevels.CoarseSpan + SeriesLevels.ChunkSpan + 700;

    /// <summary>Fills a store: sealed and unsealed points, a value that was replaced, values that are no numbers, records, artifacts, settings, a job with its result.</summary>
    public static async Task<string> FillAsync(this StoreHost store)
    {
        var random = new Random(1);
        var run = (await store.PushAsync("r", "loss", [.. Enumerable.Range(0, LongPoints).Select(i => ((long)i, random.NextDouble()))])).RunId;
        await store.PushAsync("r", "odd", (1, double.NaN), (2, double.PositiveInfinity), (3, -0.0), (4, 0.0), (2, 5), (3, double.NegativeInfinity));
        await store.PushAsync(Record("texts", 1, "one"));
        await store.PushAsync(Record("texts", 2, "two"));
        await store.SealAsync();
        await store.PushAsync("r", "odd", (3, 7), (9, 1));
        await store.PushAsync("r", "new", (1, 1), (2, 4));
        await store.PutAsync(run, "weights", [1, 2, 3]);
        await store.PutAsync(run, "again", [1, 2, 3]);
        await store.PutAsync(run, "other", [4]);
        await store.Settings.WriteAsync("p", "retention", """{"enabled":true}""", 0, CancellationToken.None);
        var job = (await store.Jobs.AddAsync(new NewJob("p", "landscape", "", """{"a":1}""", "cpu"), 10, CancellationToken.None))!;
        var leased = (await store.Jobs.LeaseAsync(["landscape"], ["cpu"], "w"))!;
        await store.Jobs.EndAsync(job.Id, leased.Token, new JobOutcome { Result = """{"loss":[1,2]}"""u8.ToArray() });
        return run;
    }

    public static IngestBatch Record(string tag, long step, string text) =>
        new() { Project = "p", Run = "r", Records = [new RecordBlock(RecordKind.Text, tag, step, 1.79e9, System.Text.Encoding.UTF8.GetBytes(text))] };

    public static async Task<ArtifactInfo> PutAsync(this StoreHost store, string run, string name, byte[] content) =>
        (await store.Artifacts.PutAsync(run, name, "file", null, ArtifactOrigin.Unknown, new MemoryStream(content), CancellationToken.None))!;

    /// <summary>Path of an artifact's file below its folder.</summary>
    public static string FileOf(string folder, ArtifactInfo artifact) => Path.Combine(folder, "artifacts", artifact.Sha256[..2], artifact.Sha256);
}
