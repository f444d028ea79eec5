namespace Dashboard.Analysis;

/// <summary>The histograms of one tag over the steps, summed up.</summary>
/// <param name="Tag">The series' tag, such as <c>gradients/conv1.weight</c>.</param>
/// <param name="Steps">Steps, one a histogram.</param>
/// <param name="Summaries">A summary a step.</param>
/// <exception cref="ArgumentException">The columns are not of one length.</exception>
public sealed record HistogramCurve(string Tag, long[] Steps, HistogramSummary[] Summaries)
{
    /// <summary>A summary a step.</summary>
    public HistogramSummary[] Summaries { get; } = Summaries.Length == Steps.Length
        ? Summaries
        : throw new ArgumentException($"{Steps.Length} steps and {Summaries.Length} summaries: each step needs its own.", nameof(Summaries));
}
