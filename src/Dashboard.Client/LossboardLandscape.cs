namespace Dashboard.Client;

/// <summary>A loss landscape that was computed elsewhere, on a plane or along a line.</summary>
public sealed record LossboardLandscape
{
    /// <summary>Positions along the first direction; they rise.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Positions along the second direction; they rise. Null for a curve.</summary>
    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>Losses: a row for each <see cref="Y"/> (one row for a curve), with a value for each <see cref="X"/>. NaN is a hole.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Loss { get; init; }

    /// <summary>Accuracies from 0 to 1 in the same shape, or null.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Accuracy { get; init; }

    /// <summary>The way of training over it, or null.</summary>
    public LossboardPath? Path { get; init; }

    /// <summary>What computed it, shown beside the picture.</summary>
    public string Engine { get; init; } = "computed elsewhere";
}
