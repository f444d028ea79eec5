namespace Dashboard.Storage;

/// <summary>What a stored batch is answered with, also when the same key and body come again.</summary>
/// <param name="RunId">The run the batch went to.</param>
/// <param name="Accepted">Points and records in the batch, replaced ones included.</param>
/// <param name="Duplicates">How many of them replaced an earlier value of the same step.</param>
/// <param name="Replayed">True where the batch had been stored before and nothing was stored now.</param>
/// <param name="Seq">Number of the commit, rising over the life of the data folder.</param>
public sealed record IngestReceipt(string RunId, long Accepted, long Duplicates, bool Replayed, long Seq);
