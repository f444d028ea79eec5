namespace Dashboard.Client;

/// <summary>Something the client wants known: the server is away, a batch was refused, events were dropped.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="EventId">Stable number, 4000–4999.</param>
/// <param name="Message">A plain sentence.</param>
/// <param name="Error">The exception behind it, or null.</param>
public sealed record LossboardNotice(LossboardNoticeLevel Level, int EventId, string Message, Exception? Error = null);
