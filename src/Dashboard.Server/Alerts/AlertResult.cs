namespace Dashboard.Server;

/// <summary>How a try went.</summary>
/// <param name="Delivered">Whether the receiver took the message.</param>
/// <param name="Detail">What it answered, or why there was no answer; no address and no secret, for it is kept and shown.</param>
/// <param name="Again">Whether another try has a chance.</param>
/// <param name="After">Seconds that the receiver asked to be left alone, or null.</param>
internal sealed record AlertResult(bool Delivered, string Detail, bool Again = true, double? After = null);
