using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What one run of several says.</summary>
public sealed record RunDiagnosisView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>The gravest finding above <c>info</c>, the surest of them; null where there is none.</summary>
    public FindingView? Worst { get; init; }
    /// <summary>Findings by severity.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }
    /// <summary>When it was read, seconds since the Unix epoch.</summary>
    public required double ReadAt { get; init; }
    /// <summary>The whole diagnosis where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DiagnosisView? Diagnosis { get; init; }
}
