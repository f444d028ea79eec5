namespace Dashboard.Contracts;

/// <summary>Samples of one series of predictions over its steps, the most notable first.</summary>
public sealed record SamplesView
{
    /// <summary>Last commit that the answer is sure to hold.</summary>
    public long Seq { get; init; }
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The series.</summary>
    public required string Tag { get; init; }
    /// <summary>Samples over all steps.</summary>
    public int Samples { get; init; }
    /// <summary>Steps logged.</summary>
    public int TotalSteps { get; init; }
    /// <summary>Steps read: all, or as many as memory has room for, evenly chosen, the first and the last always.</summary>
    public int ReadSteps { get; init; }
    /// <summary>Steps that the losses of <see cref="SampleView"/> are of: at most 50, evenly chosen of those read.</summary>
    public IReadOnlyList<long> Steps { get; init; } = [];
    /// <summary>Steps whose stored bytes are lost, or null.</summary>
    public IReadOnlyList<long>? DamagedSteps { get; init; }
    /// <summary>How samples are the same at different steps: <c>id</c> or <c>position</c>.</summary>
    public required string MatchedBy { get; init; }
    /// <summary><c>classification</c> or <c>regression</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>Where losses come from: <c>logged</c>, <c>cross_entropy</c>, <c>squared_error</c>, <c>mixed</c>, or <c>none</c>.</summary>
    public required string LossSource { get; init; }
    /// <summary>Why there are no losses at a step, or null.</summary>
    public string? WhyNoLosses { get; init; }
    /// <summary>Why mislabelled samples could not be looked for, or null.</summary>
    public string? WhyNoMislabelled { get; init; }
    /// <summary>Times that a sample came with another label than before: where there are many, ids or positions do not name the same samples.</summary>
    public int Relabelled { get; init; }
    /// <summary>Rows left out because their id stood twice in one step.</summary>
    public int Repeated { get; init; }
    /// <summary>Names of the classes, or null.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
    /// <summary>Thumbnails, by the position of a sample in the last step, or null.</summary>
    public SpriteReference? Sprite { get; init; }
    /// <summary>Samples by label: <c>label</c> and <c>count</c>, by label.</summary>
    public IReadOnlyList<SampleLabelCount> Labels { get; init; } = [];
    /// <summary>Samples of each sort that chooses some: <c>forgotten</c>, <c>never_learned</c>, <c>mislabelled</c>, within the label asked for.</summary>
    public required SampleCounts Counts { get; init; }
    /// <summary>The sort.</summary>
    public required string Sort { get; init; }
    /// <summary>Samples that the sort and the label have.</summary>
    public int Total { get; init; }
    /// <summary>A page of them.</summary>
    public IReadOnlyList<SampleView> Items { get; init; } = [];
    /// <summary>Asks for the next page, or null.</summary>
    public string? NextCursor { get; init; }
}
