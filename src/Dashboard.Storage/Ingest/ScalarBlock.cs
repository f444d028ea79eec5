using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>Points of one tag within a batch, in the order logged. The store keeps the columns: the caller gives them away.</summary>
public sealed record ScalarBlock(string Tag, SeriesColumns Points);
