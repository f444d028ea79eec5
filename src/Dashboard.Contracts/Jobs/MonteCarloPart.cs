namespace Dashboard.Contracts;

/// <summary>A part <c>samples</c> of a Monte Carlo job: consecutive samples. Part i begins with sample i × the length of part 0.</summary>
public sealed record MonteCarloPart
{
    /// <summary>Number of its first sample.</summary>
    public required int First { get; init; }
    /// <summary>One a sample.</summary>
    public required IReadOnlyList<double> Loss { get; init; }
    /// <summary>One a sample; null where the targets are no classes.</summary>
    public IReadOnlyList<double>? Accuracy { get; init; }
    /// <summary>Distance from where the sampler began.</summary>
    public required IReadOnlyList<double> Distance { get; init; }
    /// <summary>Two numbers a sample; null where the projection is the samples' own, which is known at the end.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Coordinates { get; init; }
}
