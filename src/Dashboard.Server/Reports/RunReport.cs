using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Everything that a report of a run tells.</summary>
internal sealed record RunReport
{
    public required RunInfo Run { get; init; }
    public required DiagnosisView Diagnosis { get; init; }

    /// <summary>The curves of the findings, thinned, by tag.</summary>
    public required IReadOnlyDictionary<string, ScalarWindow> Curves { get; init; }

    /// <summary>Values of the configuration by dotted name.</summary>
    public required IReadOnlyList<(string Name, string Value)> Config { get; init; }

    /// <summary>Scalar tags that most likely matter, first those of losses and scores.</summary>
    public required IReadOnlyList<(string Tag, ScalarSummary Summary)> Metrics { get; init; }
    public required IReadOnlyList<ArtifactInfo> Checkpoints { get; init; }

    /// <summary>Seconds by name of a phase, and how often there was one.</summary>
    public required IReadOnlyList<(string Name, double Seconds, int Times)> Phases { get; init; }

    /// <summary>When it was made, seconds since the Unix epoch.</summary>
    public required double Made { get; init; }
}
