namespace Dashboard.Analysis;

/// <summary>Everything of one run that the diagnosis reads. What is not known is left empty, and the rules that need it say nothing.</summary>
public sealed record RunSignals
{
    /// <summary>The run's scalar series. Features are kept by whoever reads a run again and again: only a curve that has changed needs <see cref="CurveFeatures.Of"/> anew.</summary>
    public IReadOnlyList<CurveFeatures> Curves { get; init; } = [];

    /// <summary>Histograms of gradients; those of other things are passed over by their tags.</summary>
    public IReadOnlyList<HistogramCurve> Histograms { get; init; } = [];

    /// <summary>How often each label occurs, by split and label.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Labels { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, long>>();

    /// <summary>Whether the run is over. What is said of a run that goes on may change.</summary>
    public bool Ended { get; init; }
}
