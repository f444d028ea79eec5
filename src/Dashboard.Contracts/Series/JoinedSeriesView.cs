using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Two scalar series of one run, paired by step.</summary>
public sealed record JoinedSeriesView
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }
    /// <summary>Pairs between the two steps: steps that both series have.</summary>
    public required int Total { get; init; }
    /// <summary>Stored points of x between the two steps; where it is larger than <see cref="Total"/>, the others have no partner or were logged again.</summary>
    public required long XTotal { get; init; }
    /// <summary>The same of y.</summary>
    public required long YTotal { get; init; }
    /// <summary>Step of each pair, in the order in which x was logged.</summary>
    public required long[] Steps { get; init; }
    /// <summary>Wall time of x, seconds since the Unix epoch.</summary>
    public required double[] WallTimes { get; init; }
    /// <summary>Values of x.</summary>
    public required double[] X { get; init; }
    /// <summary>Values of y.</summary>
    public required double[] Y { get; init; }
    /// <summary>Line through all finite pairs, thinned or not; null where none was asked for, or where fewer than two pairs or only one x are there.</summary>
    public required LineFitView? Fit { get; init; }
    /// <summary>Points of either series lost because their stored bytes no longer match their checksum; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DamagedView>? Damaged { get; init; }
}
