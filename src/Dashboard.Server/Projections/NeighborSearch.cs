using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Finds the neighbours of one vector on request: a pass over all vectors.</summary>
internal sealed class NeighborSearch(ApiLimits limits) : IDisposable
{
    private const int DefaultCount = 20;
    private static readonly string[] Metrics = ["euclidean", "cosine"];

    // A pass over a table of gigabytes reads as fast as memory does; two at once gain nothing and take the requests' cores.
    private readonly SemaphoreSlim _passes = new(1);

    /// <summary>Finds them.</summary>
    /// <exception cref="ApiProblemException">422 for what the request says.</exception>
    public async Task<NeighborsView> FindAsync(NeighborsRequest request, VectorSource source, CancellationToken cancellation)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (request.Row is not { } row || row < 0 || row >= source.Rows)
            errors.Add("/row", request.Row is null ? "missing" : "out_of_range", $"The field 'row' must be a row from 0 to {source.Rows - 1}.");
        var count = request.Count ?? DefaultCount;
        if (count < 1 || count > limits.MaxNeighbors)
            errors.Add("/count", "out_of_range", $"The field 'count' must be from 1 to {limits.MaxNeighbors}.");
        var metric = request.Metric ?? Metrics[0];
        if (!Metrics.Contains(metric))
            errors.Add("/metric", "unknown_value", $"The field 'metric' must be one of {string.Join(", ", Metrics)}.");
        var among = Among(request.Among, source.Rows, errors);
        errors.ThrowIfAny();

        await _passes.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Find(request.Row!.Value, count, metric, among, source, cancellation), cancellation);
        }
        finally
        {
            _passes.Release();
        }
    }

    public void Dispose() => _passes.Dispose();

    private static NeighborsView Find(int row, int count, string metric, byte[]? among, VectorSource source, CancellationToken cancellation)
    {
        var rows = source.Open();
        using var opened = rows as IDisposable;
        var found = NeighborQuery.Find(rows, row, count, metric == "cosine" ? DistanceMetric.Cosine : DistanceMetric.Euclidean,
            among is null ? null : other => (among[other >> 3] & (1 << (other & 7))) != 0, new ComputeOptions { Cancellation = cancellation });
        return new NeighborsView(row, metric, found.Select(one => one.Row).ToList(), found.Select(one => one.Distance).ToList());
    }

    private static byte[]? Among(string? packed, int rows, BodyErrors errors)
    {
        if (packed is null)
            return null;
        var bits = new byte[(rows + 7) / 8];
        if (!Convert.TryFromBase64String(packed, bits, out var written) || written != bits.Length)
            errors.Add("/among", "wrong_length", $"The field 'among' must be the base64 of {bits.Length} bytes: a bit for each of the {rows} vectors.");
        return bits;
    }
}
