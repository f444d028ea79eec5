using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Result of a <see cref="JobKinds.Saliency"/> job: one entry a sample.</summary>
public sealed record SaliencyView
{
    /// <summary>Numbers of the samples within the batch.</summary>
    public required IReadOnlyList<int> Samples { get; init; }
    /// <summary>Sizes of one input, without the samples' dimension.</summary>
    public required IReadOnlyList<long> Shape { get; init; }
    /// <summary>|∂ output/∂ input|, nested arrays of (samples, shape…).</summary>
    public required JsonElement Maps { get; init; }
    /// <summary>The inputs, likewise.</summary>
    public required JsonElement Inputs { get; init; }
    /// <summary>The output that was differentiated.</summary>
    public required IReadOnlyList<int> Targets { get; init; }
    /// <summary>The largest output.</summary>
    public required IReadOnlyList<int> Predicted { get; init; }
    /// <summary>Value of the output that was differentiated: a logit, not a probability.</summary>
    public required IReadOnlyList<double> Scores { get; init; }
    /// <summary>The batch's targets where they are class numbers, one a sample; null otherwise.</summary>
    public IReadOnlyList<int>? Labels { get; init; }
    /// <summary>Outputs of the model.</summary>
    public required int Outputs { get; init; }
    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
    /// <summary>What computed it.</summary>
    public string? Device { get; init; }
    /// <summary>Library and version.</summary>
    public string? Engine { get; init; }
    /// <summary>Seconds it took.</summary>
    public double? Seconds { get; init; }
}
