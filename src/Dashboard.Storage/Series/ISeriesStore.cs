namespace Dashboard.Storage;

/// <summary>Reads series: sealed chunks and what was acknowledged a moment ago, as one.</summary>
public interface ISeriesStore
{
    /// <summary>All series of a run ordered by tag, or null where there is no such run.</summary>
    Task<IReadOnlyList<SeriesInfo>?> ListAsync(string runId, CancellationToken cancellation);

    /// <summary>Reads a scalar series, or null where the run has none of this tag.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="points">Buckets at the most; 0 gives every stored point.</param>
    /// <param name="fromStep">First step of the window, or null.</param>
    /// <param name="toStep">Last step of the window, or null.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<ScalarWindow?> ReadScalarsAsync(string runId, string tag, int points, long? fromStep, long? toStep, CancellationToken cancellation);

    /// <summary>Reads many scalar series of a run at one moment of the database, a window each; null for a tag that the run does not have.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="requests">What is wanted of each.</param>
    /// <param name="buckets">Of a whole series, buckets of its older part at the most.</param>
    /// <param name="newest">Of a whole series, last points that are given as they are, after the buckets.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<ScalarWindow?>> ReadScalarsAsync(
        string runId, IReadOnlyList<SeriesRequest> requests, int buckets, int newest, CancellationToken cancellation);

    /// <summary>Reads records of a kind in the order logged; null where the run does not exist.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="kind">Any kind but scalars.</param>
    /// <param name="tag">Only this tag, or null for all.</param>
    /// <param name="step">Only this step, or null for all.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<StoredRecord>?> ReadRecordsAsync(string runId, RecordKind kind, string? tag, long? step, CancellationToken cancellation);

    /// <summary>Reads evenly chosen records of one series, the first and the last of them always; null where the run has no such series.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="kind">Any kind but scalars.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="points">Records at the most, chosen evenly in the order logged; 0 for all.</param>
    /// <param name="fromStep">First step of the window, or null.</param>
    /// <param name="toStep">Last step of the window, or null.</param>
    /// <param name="maxBytes">Payload bytes that the caller takes; beyond them nothing is read but the totals.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<RecordWindow?> ReadRecordWindowAsync(
        string runId, RecordKind kind, string tag, int points, long? fromStep, long? toStep, long maxBytes, CancellationToken cancellation);

    /// <summary>The records of one series in the order logged, without their payloads; null where the run has no such series.</summary>
    Task<IReadOnlyList<RecordHead>?> ListRecordsAsync(string runId, RecordKind kind, string tag, CancellationToken cancellation);

    /// <summary>Reads the record at a place of its series; null where there is none any more.</summary>
    Task<StoredRecord?> ReadRecordAsync(string runId, RecordKind kind, string tag, long index, CancellationToken cancellation);
}
