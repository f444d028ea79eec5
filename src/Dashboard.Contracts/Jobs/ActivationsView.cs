namespace Dashboard.Contracts;

/// <summary>Result of an <see cref="JobKinds.Activations"/> job.</summary>
public sealed record ActivationsView
{
    /// <summary>Each module that was asked for.</summary>
    public required IReadOnlyList<ModuleActivations> Modules { get; init; }
    /// <summary>Numbers of the samples that have maps.</summary>
    public required IReadOnlyList<int> Samples { get; init; }
    /// <summary>Samples of the batch, over which everything else is taken.</summary>
    public required long BatchSamples { get; init; }
    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }
}
