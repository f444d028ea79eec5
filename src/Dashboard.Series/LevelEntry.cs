using System.Runtime.InteropServices;

namespace Dashboard.Series;

/// <summary>What a run of consecutive points of one series amounts to: one node of the min/max levels.</summary>
/// <remarks>
/// Stored as its 64 little-endian bytes, so the layout is part of the file format. <see cref="Min"/> and <see cref="Max"/> are exact over the finite
/// values and NaN where there is none; the first point stands for the run wherever one stored point must.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct LevelEntry
{
    /// <summary>Smallest step of the run.</summary>
    public long MinStep;
    /// <summary>Largest step of the run.</summary>
    public long MaxStep;
    /// <summary>Step of the first point.</summary>
    public long FirstStep;
    /// <summary>Wall time of the first point, seconds since the Unix epoch.</summary>
    public double FirstWallTime;
    /// <summary>Value of the first point.</summary>
    public double FirstValue;
    /// <summary>Smallest finite value, NaN where there is none.</summary>
    public double Min;
    /// <summary>Largest finite value, NaN where there is none.</summary>
    public double Max;
    /// <summary>How many points.</summary>
    public int Count;
    /// <summary>How many of them are NaN or infinite.</summary>
    public int NonFinite;
}
