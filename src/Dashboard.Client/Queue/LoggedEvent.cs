namespace Dashboard.Client;

/// <summary>One event as it waits to be batched: a scalar, or another event already written as JSON in <paramref name="Payload"/>.</summary>
internal readonly record struct LoggedEvent(string Tag, long Step, double Value, double WallTime, byte[]? Payload);
