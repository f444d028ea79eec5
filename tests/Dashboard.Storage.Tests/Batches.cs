using Dashboard.Series;

namespace Dashboard.Storage.Tests;

/// <summary>Short ways to say what is pushed.</summary>
internal static class Batches
{
    public static SeriesColumns Columns(params (long Step, double Value)[] points) => new(
        [.. points.Select(p => p.Step)], [.. points.Select(p => 1.79e9 + (p.Step * 0.25))], [.. points.Select(p => p.Value)], points.Length);

    public static IngestBatch Scalars(string run, string tag, params (long Step, double Value)[] points) =>
        new() { Project = "p", Run = run, Scalars = [new ScalarBlock(tag, Columns(points))] };

    public static IngestBatch WithKey(this IngestBatch batch, string key, byte body) => batch with { IdempotencyKey = key, BodyHash = [body] };

    public static Task<IngestReceipt> PushAsync(this StoreHost store, IngestBatch batch) => store.Ingest.AppendAsync(batch, CancellationToken.None);

    public static Task<IngestReceipt> PushAsync(this StoreHost store, string run, string tag, params (long Step, double Value)[] points) =>
        store.PushAsync(Scalars(run, tag, points));

    public static Task<ScalarWindow?> ReadAsync(this StoreHost store, string runId, string tag, int points = 0, long? from = null, long? to = null) =>
        store.Series.ReadScalarsAsync(runId, tag, points, from, to, CancellationToken.None);
}
