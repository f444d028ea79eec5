namespace Dashboard.Torch;

/// <summary>What BatchNorm layers normalise with.</summary>
public enum BatchNormStatistics
{
    /// <summary>The statistics that training stored, at every point alike.</summary>
    Stored,

    /// <summary>
    /// Mean and variance of the batch itself, anew at each point, as in training; all samples then go through the module at once. What is stored stays as it is, and dropout stays off.
    /// </summary>
    Recomputed,
}
