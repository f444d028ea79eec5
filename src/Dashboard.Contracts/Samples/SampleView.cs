namespace Dashboard.Contracts;

/// <summary>One sample over steps. What it does not have is null.</summary>
public sealed record SampleView
{
    /// <summary>What it is called: its id, else its position.</summary>
    public required string Id { get; init; }
    /// <summary>Its row in the step it was in last.</summary>
    public int Position { get; init; }
    /// <summary>The step it was in last.</summary>
    public long LastStep { get; init; }
    /// <summary>True class.</summary>
    public int? Label { get; init; }
    /// <summary>Class that it was given last.</summary>
    public int? Predicted { get; init; }
    /// <summary>Loss it had last.</summary>
    public double? Loss { get; init; }
    /// <summary>Mean of its finite losses over steps.</summary>
    public double? MeanLoss { get; init; }
    /// <summary>Losses that were NaN or infinite.</summary>
    public int NonFinite { get; init; }
    /// <summary>Steps it was in.</summary>
    public int Seen { get; init; }
    /// <summary>Steps at which it was right.</summary>
    public int Correct { get; init; }
    /// <summary>Forgetting events: right at one step and wrong at the next.</summary>
    public int Forgotten { get; init; }
    /// <summary>Step at which it was first right.</summary>
    public long? LearnedAt { get; init; }
    /// <summary>Area under the margin: score of its class less the highest of the others, as a mean over steps.</summary>
    public double? Margin { get; init; }
    /// <summary>Class that it likely belongs to instead.</summary>
    public int? Suggested { get; init; }
    /// <summary>Probability of its class less the highest of the others at the last step: the lower, the surer the mistake.</summary>
    public double? Confidence { get; init; }
    /// <summary>Its loss at each step of the answer; null where it was not in the step or has none.</summary>
    public IReadOnlyList<double?> Losses { get; init; } = [];
}
