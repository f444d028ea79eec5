namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.Gradients"/> job.</summary>
public sealed record GradientsView
{
    /// <summary>The loss.</summary>
    public required double Loss { get; init; }
    /// <summary>Norm of the whole gradient.</summary>
    public required double Norm { get; init; }
    /// <summary>Norm of the weights.</summary>
    public required double WeightNorm { get; init; }
    /// <summary>Each parameter, in the order of the module.</summary>
    public required IReadOnlyList<ParameterGradient> Parameters { get; init; }
    /// <summary>Samples of the batch.</summary>
    public required long Samples { get; init; }
    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }
}
