namespace Dashboard.Contracts;

/// <summary>A series that was named for the first time, with its type (<c>scalar</c>, <c>histogram</c>, …).</summary>
public sealed record AddedSeries(string Tag, string Type);
