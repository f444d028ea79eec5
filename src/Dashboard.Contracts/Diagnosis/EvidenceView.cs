using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What a finding rests on, to be drawn over its curve.</summary>
public sealed record EvidenceView
{
    /// <summary>Scalar tags whose curves show it, the finding's own first; empty where no curve does.</summary>
    public required IReadOnlyList<string> Curves { get; init; }
    /// <summary>What to mark on the curves.</summary>
    public required IReadOnlyList<MarkView> Marks { get; init; }
    /// <summary>The numbers that the sentence and the condition rest on, by feature.</summary>
    public required IReadOnlyDictionary<string, double> Numbers { get; init; }
    /// <summary>The names that the sentence rests on.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }
    /// <summary>Label counts by split where the finding is about them; absent elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>? Counts { get; init; }
}
