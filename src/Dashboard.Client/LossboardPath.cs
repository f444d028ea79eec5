namespace Dashboard.Client;

/// <summary>A path over a landscape, such as that of training: columns of equal length.</summary>
public sealed record LossboardPath
{
    /// <summary>Positions along the first direction.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Positions along the second direction; null on a curve.</summary>
    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>Loss at each point, or null where it is not known.</summary>
    public IReadOnlyList<double>? Loss { get; init; }

    /// <summary>Name of each point; its step by default.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Training step of each point; 0, 1, 2 … by default.</summary>
    public IReadOnlyList<long>? Steps { get; init; }
}
