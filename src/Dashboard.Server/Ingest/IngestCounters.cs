using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What was taken in since the start.</summary>
internal sealed class IngestCounters
{
    private long _requests;
    private long _binaryRequests;
    private long _replayed;
    private long _accepted;
    private long _duplicates;
    private long _bytes;

    public void Stored(IngestReceipt receipt, long bytes, bool isBinary)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytes, bytes);
        if (isBinary)
            Interlocked.Increment(ref _binaryRequests);
        if (receipt.Replayed)
        {
            Interlocked.Increment(ref _replayed);
            return;
        }
        Interlocked.Add(ref _accepted, receipt.Accepted);
        Interlocked.Add(ref _duplicates, receipt.Duplicates);
    }

    /// <summary>Counters by metric name without prefix.</summary>
    public IEnumerable<(string Name, long Value)> Read() =>
    [
        ("requests_total", Interlocked.Read(ref _requests)),
        ("binary_requests_total", Interlocked.Read(ref _binaryRequests)),
        ("replayed_total", Interlocked.Read(ref _replayed)),
        ("accepted_total", Interlocked.Read(ref _accepted)),
        ("duplicates_total", Interlocked.Read(ref _duplicates)),
        ("decoded_bytes_total", Interlocked.Read(ref _bytes)),
    ];
}
