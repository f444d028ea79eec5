namespace Dashboard.Contracts;

/// <summary>A stored file of a run.</summary>
/// <param name="Id">Opaque id of this version.</param>
/// <param name="Name">Name within the run; may hold <c>/</c>.</param>
/// <param name="Type"><c>checkpoint</c>, <c>model</c>, <c>batch</c>, <c>landscape</c>, <c>image</c> or <c>file</c>.</param>
/// <param name="Step">Training step, or null.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hash of the content, lower-case hex.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Reason"><c>periodic</c>, <c>best</c>, <c>last</c>, <c>manual</c> or <c>interrupted</c>; null where nobody said.</param>
/// <param name="Metric">Tag of the metric it was judged by, or null.</param>
/// <param name="MetricValue">That metric when it was saved; NaN where it was none.</param>
/// <param name="MetricGoal"><c>min</c> or <c>max</c>: which values of the metric are better; null where nobody said.</param>
/// <param name="Kept">True where a person said that it stays, whatever the retention rules say.</param>
public sealed record ArtifactView(
    string Id, string Name, string Type, long? Step, long Size, string Sha256, double Created,
    string? Reason = null, string? Metric = null, double? MetricValue = null, string? MetricGoal = null, bool Kept = false);
