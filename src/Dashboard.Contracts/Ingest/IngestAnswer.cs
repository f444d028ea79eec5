namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/events</c>, sent after the events are durable.</summary>
/// <param name="RunId">The run they went to.</param>
/// <param name="Accepted">Points and records in the request.</param>
/// <param name="Duplicates">How many replaced an earlier value of the same step.</param>
/// <param name="Replayed">True where the same idempotency key and body had been stored before; nothing was stored now.</param>
/// <param name="Seq">Number of the commit.</param>
public sealed record IngestAnswer(string RunId, long Accepted, long Duplicates, bool Replayed, long Seq);
