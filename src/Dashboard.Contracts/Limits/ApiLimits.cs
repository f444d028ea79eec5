namespace Dashboard.Contracts;

/// <summary>Every limit of the interface; <c>GET /api/v1/limits</c> serves it and the server enforces the same numbers (section <c>Limits</c>).</summary>
public sealed record ApiLimits
{
    /// <summary>Bytes of a request body on the wire, artifacts apart.</summary>
    public long MaxBodyBytes { get; init; } = 32L << 20;
    /// <summary>Bytes of a request body after decompression.</summary>
    public long MaxDecodedBodyBytes { get; init; } = 32L << 20;
    /// <summary>Bytes of bodies in memory at once, over all requests; more are answered 429.</summary>
    public long MaxConcurrentBodyBytes { get; init; } = 256L << 20;
    /// <summary>Open connections.</summary>
    public int MaxConnections { get; init; } = 2000;
    /// <summary>Seconds until the first byte of a connection, and from there to the end of a request's headers.</summary>
    public int MaxSilentSeconds { get; init; } = 10;
    /// <summary>Requests a second, over time, of one key, else of one account, else of one address; not counted without accounts.</summary>
    public int MaxRequestsPerSecond { get; init; } = 2000;
    /// <summary>Requests that may come at once, after a while of silence.</summary>
    public int MaxRequestBurst { get; init; } = 20_000;
    /// <summary>Bytes of events a second on the wire, over time, of one key, else of one account, else of one address; not counted without accounts.</summary>
    public long MaxIngestBytesPerSecond { get; init; } = 128L << 20;
    /// <summary>Bytes of events that may come at once, after a while of silence.</summary>
    public long MaxIngestBurstBytes { get; init; } = 1L << 30;
    /// <summary>Invalid keys a minute from one address, over time; beyond it they are answered 429. Valid keys from there are taken all the same.</summary>
    public int MaxFailedKeysPerMinute { get; init; } = 30;
    /// <summary>Keys that are not revoked.</summary>
    public int MaxKeys { get; init; } = 10_000;
    /// <summary>Events in a request.</summary>
    public int MaxEvents { get; init; } = 200_000;
    /// <summary>Scalar points in a request.</summary>
    public int MaxPoints { get; init; } = 2_000_000;
    /// <summary>Different scalar tags in a request.</summary>
    public int MaxTags { get; init; } = 10_000;
    /// <summary>UTF-8 bytes of a name: project, run, tag, split, phase, artifact.</summary>
    public int MaxNameBytes { get; init; } = 512;
    /// <summary>UTF-8 bytes of a text event, and of a run's notes.</summary>
    public int MaxTextBytes { get; init; } = 1 << 20;
    /// <summary>Bins of a histogram that arrives binned.</summary>
    public int MaxHistogramBins { get; init; } = 4096;
    /// <summary>Numbers in an embedding: vectors times their length.</summary>
    public int MaxEmbeddingValues { get; init; } = 8_000_000;
    /// <summary>Numbers in the scores of one predictions event.</summary>
    public int MaxPredictionValues { get; init; } = 8_000_000;
    /// <summary>Classes in one labels event.</summary>
    public int MaxLabelClasses { get; init; } = 100_000;
    /// <summary>Losses, samples times steps, that one reading of samples holds in memory, 8 bytes each; of more steps, so many evenly chosen.</summary>
    public int MaxSampleLosses { get; init; } = 20_000_000;
    /// <summary>Samples of one series whose losses are followed; of a step with more, or over all steps, 422.</summary>
    public int MaxSamples { get; init; } = 1_000_000;
    /// <summary>Points of a picture of losses.</summary>
    public int MaxSamplePoints { get; init; } = 200_000;
    /// <summary>Bytes of samples' losses kept in memory between requests, over all series.</summary>
    public long MaxSampleCacheBytes { get; init; } = 384L << 20;
    /// <summary>Characters of an <c>Idempotency-Key</c>.</summary>
    public int MaxIdempotencyKeyLength { get; init; } = 200;
    /// <summary>Faults listed in one problem answer.</summary>
    public int MaxErrors { get; init; } = 20;
    /// <summary>Bytes of a run's configuration.</summary>
    public int MaxConfigBytes { get; init; } = 1 << 20;
    /// <summary>Labels of a run.</summary>
    public int MaxRunTags { get; init; } = 100;
    /// <summary>Bytes of an artifact.</summary>
    public long MaxArtifactBytes { get; init; } = 64L << 30;
    /// <summary>Runs changed by one bulk request.</summary>
    public int MaxBulkRuns { get; init; } = 1000;
    /// <summary>Saved views, queries and reports of a project.</summary>
    public int MaxViews { get; init; } = 1000;
    /// <summary>Bytes of the body of a saved view, query or report.</summary>
    public int MaxViewBytes { get; init; } = 512 << 10;
    /// <summary>Share links of a project that are not revoked.</summary>
    public int MaxShareLinks { get; init; } = 1000;
    /// <summary>Runs that one share link shows: as many as a page can draw and an address can name.</summary>
    public int MaxSharedRuns { get; init; } = 1000;
    /// <summary>Tags that one share link names; null stands for all.</summary>
    public int MaxSharedTags { get; init; } = 1000;
    /// <summary>Characters of the view's address in a share link.</summary>
    public int MaxSharedView { get; init; } = 16 << 10;
    /// <summary>Origins whose pages may show a share link in a frame.</summary>
    public int MaxEmbedOrigins { get; init; } = 20;
    /// <summary>Characters of a share link's password.</summary>
    public int MaxSharePassword { get; init; } = 200;
    /// <summary>Fewest characters of a share link's password.</summary>
    public int MinSharePassword { get; init; } = 8;
    /// <summary>Items of a page where <c>limit</c> is absent.</summary>
    public int DefaultPageSize { get; init; } = 100;
    /// <summary>Items of a page.</summary>
    public int MaxPageSize { get; init; } = 1000;
    /// <summary>Tags in the summary of a run within a listing; the run itself lists all.</summary>
    public int MaxListedSummaryTags { get; init; } = 100;
    /// <summary>Buckets of a scalar read where <c>points</c> is absent.</summary>
    public int DefaultReadPoints { get; init; } = 1000;
    /// <summary>Buckets or stored points of one scalar read, over all its series; beyond it a window must be narrower.</summary>
    public int MaxReadPoints { get; init; } = 10_000_000;
    /// <summary>Series of one scalar query.</summary>
    public int MaxReadSeries { get; init; } = 10_000;
    /// <summary>Run ids of one request that names runs: tags of many runs.</summary>
    public int MaxQueryRunIds { get; init; } = 1000;
    /// <summary>Characters of a run query.</summary>
    public int MaxQueryLength { get; init; } = 10_000;
    /// <summary>Terms and literals of a run query, brackets and operators included.</summary>
    public int MaxQueryNodes { get; init; } = 1000;
    /// <summary>Brackets and nots within each other in a run query.</summary>
    public int MaxQueryDepth { get; init; } = 50;
    /// <summary>Characters of a regular expression in a run query.</summary>
    public int MaxQueryPatternLength { get; init; } = 500;
    /// <summary>Milliseconds that a run query may be evaluated for.</summary>
    public int MaxQueryMilliseconds { get; init; } = 5000;
    /// <summary>Different scalar tags whose summaries one request for runs may name, in its query, sort and columns together.</summary>
    public int MaxQuerySummaryTags { get; init; } = 50;
    /// <summary>Runs of a table in one answer.</summary>
    public int MaxTableRuns { get; init; } = 20_000;
    /// <summary>Runs of a table where <c>limit</c> is absent.</summary>
    public int DefaultTableRuns { get; init; } = 1000;
    /// <summary>Columns of a table.</summary>
    public int MaxTableColumns { get; init; } = 100;
    /// <summary>Settings that one study of importance looks at; of more, those that most runs have.</summary>
    public int MaxImportanceFields { get; init; } = 100;
    /// <summary>Sort keys of a table.</summary>
    public int MaxSortKeys { get; init; } = 10;
    /// <summary>Characters of a text of a configuration or of notes that tables show and queries compare; what is beyond is cut off there.</summary>
    public int MaxComparedText { get; init; } = 4096;
    /// <summary>Values of a run's configuration that tables and queries know; later ones are as absent there.</summary>
    public int MaxConfigValues { get; init; } = 5000;
    /// <summary>Pairs of one run in the answer of a join of two tags.</summary>
    public int MaxJoinPairs { get; init; } = 100_000;
    /// <summary>Stored points that one join may read, over all its runs: some seconds of work.</summary>
    public long MaxJoinReadPoints { get; init; } = 100_000_000;
    /// <summary>Series of one query for histograms or texts, runs times tags.</summary>
    public int MaxReadRecordSeries { get; init; } = 2000;
    /// <summary>Stored steps of a series in a query for histograms or texts.</summary>
    public int MaxReadRecordPoints { get; init; } = 1000;
    /// <summary>Stored bytes of the histograms or texts in one answer; as JSON they take several times as much.</summary>
    public int MaxReadRecordBytes { get; init; } = 32 << 20;
    /// <summary>Bytes of a message from a client of the live hub.</summary>
    public int MaxLiveMessageBytes { get; init; } = 128 << 10;
    /// <summary>Subscriptions of one live connection.</summary>
    public int MaxLiveSubscriptions { get; init; } = 16;
    /// <summary>Run ids of one subscription.</summary>
    public int MaxLiveRunIds { get; init; } = 1000;
    /// <summary>Tags of one subscription.</summary>
    public int MaxLiveTags { get; init; } = 1000;
    /// <summary>Recent points kept for subscribers that resume or lag; further behind, a subscriber is told to refetch.</summary>
    public int MaxLiveHistoryPoints { get; init; } = 200_000;
    /// <summary>Points that may wait for one subscription; beyond it the subscriber is told to refetch.</summary>
    public int MaxLivePendingPoints { get; init; } = 100_000;
    /// <summary>Groups of frames a second for one subscription.</summary>
    public int MaxLiveFlushesPerSecond { get; init; } = 30;
    /// <summary>Jobs of a project that wait or run.</summary>
    public int MaxOpenJobs { get; init; } = 1000;
    /// <summary>Bytes of a job's spec.</summary>
    public int MaxJobSpecBytes { get; init; } = 256 << 10;
    /// <summary>Points of a landscape: a surface of 1,000 × 1,000, more than a screen shows.</summary>
    public int MaxLandscapePoints { get; init; } = 1_000_000;
    /// <summary>Checkpoints in one job.</summary>
    public int MaxJobCheckpoints { get; init; } = 1000;
    /// <summary>Samples of a Monte Carlo job: its result then has some megabytes.</summary>
    public int MaxMonteCarloSamples { get; init; } = 20_000;
    /// <summary>Samples of a batch whose maps one job gives.</summary>
    public int MaxMapSamples { get; init; } = 64;
    /// <summary>Modules named in one job.</summary>
    public int MaxJobModules { get; init; } = 200;
    /// <summary>Eigenvalues asked for at either end.</summary>
    public int MaxEigenvalues { get; init; } = 50;
    /// <summary>Bytes of a table of vectors as text; other files of vectors may have any size.</summary>
    public long MaxTableBytes { get; init; } = 2L << 30;
    /// <summary>Bytes of a file of metadata.</summary>
    public long MaxMetadataBytes { get; init; } = 64L << 20;
    /// <summary>Columns of metadata; of more, the first.</summary>
    public int MaxMetadataColumns { get; init; } = 100;
    /// <summary>Sources of either sort in one listing of what can be projected.</summary>
    public int MaxProjectionSources { get; init; } = 2000;
    /// <summary>Neighbours of one vector in an answer.</summary>
    public int MaxNeighbors { get; init; } = 1000;
    /// <summary>Bytes of a worker's report or result, on the wire and decoded.</summary>
    public long MaxJobResultBytes { get; init; } = 128L << 20;
    /// <summary>Lines kept of a job's log.</summary>
    public int MaxJobLogLines { get; init; } = 1000;
    /// <summary>UTF-8 bytes of a line of a job's log, its message, or its error; longer ones are cut.</summary>
    public int MaxJobTextBytes { get; init; } = 8 << 10;
    /// <summary>Bytes of an archive of a project that comes in.</summary>
    public long MaxArchiveBytes { get; init; } = 64L << 30;
    /// <summary>Bytes of such an archive once unpacked.</summary>
    public long MaxArchiveUnpackedBytes { get; init; } = 512L << 30;
    /// <summary>Entries of such an archive: some hundred bytes of memory each while it is read.</summary>
    public int MaxArchiveEntries { get; init; } = 500_000;
}
