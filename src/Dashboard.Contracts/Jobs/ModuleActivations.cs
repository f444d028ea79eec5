using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>What one module gives out for a batch. Of a module that cannot be read <see cref="Why"/> says the reason, and the rest is absent.</summary>
public sealed record ModuleActivations
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>Its class; null where it has none to tell.</summary>
    public string? Type { get; init; }
    /// <summary>Why it was not read.</summary>
    public string? Why { get; init; }
    /// <summary>Sizes of what it gives out for a sample.</summary>
    public IReadOnlyList<long>? Shape { get; init; }
    /// <summary>All finite numbers over all samples.</summary>
    public ValueHistogram? Histogram { get; init; }
    /// <summary>Their mean.</summary>
    public double? Mean { get; init; }
    /// <summary>Their standard deviation.</summary>
    public double? StandardDeviation { get; init; }
    /// <summary>Share of numbers that are zero.</summary>
    public double? Zeros { get; init; }
    /// <summary>Numbers that are NaN or infinite.</summary>
    public long? NonFinite { get; init; }
    /// <summary>Units: what the first dimension of a sample counts where it has three or more, as an image's channels; of two dimensions the last, but for one-dimensional convolutions, norms and pools.</summary>
    public int? Units { get; init; }
    /// <summary>Share of units that are zero for every sample.</summary>
    public double? DeadShare { get; init; }
    /// <summary>Which those are, from 0; the first 1,000.</summary>
    public IReadOnlyList<int>? Dead { get; init; }
    /// <summary>Maps of the chosen samples: nested arrays of (samples, <see cref="MapShape"/>…).</summary>
    public JsonElement? Maps { get; init; }
    /// <summary>Sizes of a map: <see cref="Shape"/>, or the part of it that was kept.</summary>
    public IReadOnlyList<long>? MapShape { get; init; }
    /// <summary>What was left out of the maps, and why; null where nothing was.</summary>
    public string? Cut { get; init; }
}
