namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.Probe"/> job.</summary>
public sealed record ProbeView
{
    /// <summary>Number of parameters.</summary>
    public required long Parameters { get; init; }
    /// <summary>Samples of the batch.</summary>
    public required long Samples { get; init; }
    /// <summary>Whether the targets are classes, so that there is an accuracy.</summary>
    public required bool HasAccuracy { get; init; }
    /// <summary>Loss of the model on the batch, or on its first samples where the batch is large.</summary>
    public required double Loss { get; init; }
    /// <summary>Seconds that one point of a landscape takes on the whole batch, with all cores at work on different points.</summary>
    public required double SecondsPerPoint { get; init; }
    /// <summary>Seconds that one Hessian-vector product takes.</summary>
    public double? SecondsPerProduct { get; init; }
    /// <summary>Threads that take points at a time.</summary>
    public int Workers { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
}
