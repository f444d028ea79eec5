namespace Dashboard.Contracts;

/// <summary>Losses of samples over steps: exactly how they are spread for each step and label, and points for a picture.</summary>
public sealed record SampleLossesView
{
    /// <summary>Last commit that the answer is sure to hold.</summary>
    public long Seq { get; init; }
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The series.</summary>
    public required string Tag { get; init; }
    /// <summary>Steps: at most 200, evenly chosen of those read, the first and the last always.</summary>
    public IReadOnlyList<long> Steps { get; init; } = [];
    /// <summary>Steps logged.</summary>
    public int TotalSteps { get; init; }
    /// <summary>Where losses come from, as in <see cref="SamplesView"/>.</summary>
    public required string LossSource { get; init; }
    /// <summary>Why there are none at a step, or null.</summary>
    public string? WhyNoLosses { get; init; }
    /// <summary>Spread by label: those of most samples, and the others put together.</summary>
    public IReadOnlyList<LossGroupView> Groups { get; init; } = [];
    /// <summary>Finite losses that the points stand for.</summary>
    public long Total { get; init; }
    /// <summary>The points, in columns of one length.</summary>
    public required LossPointsView Points { get; init; }
}
