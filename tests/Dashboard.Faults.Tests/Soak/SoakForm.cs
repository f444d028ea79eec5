using System.Globalization;

namespace Dashboard.Faults.Tests;

/// <summary>How long the soak takes and how it is cut: seconds within the suite, whatever <c>tests/soak.sh</c> says otherwise.</summary>
internal sealed record SoakForm(TimeSpan Duration, TimeSpan Sample, TimeSpan RunLife, string? Report)
{
    /// <summary>As little as shows that seals, checkpoints, changes of runs and removals happen and the figures are taken.</summary>
    private static readonly SoakForm Short = new(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), null);

    /// <summary>Samples before this are warm-up: caches fill, code is compiled, runs that fell quiet have not left memory yet (ten minutes).</summary>
    public TimeSpan WarmUp => TimeSpan.FromTicks(Math.Min(Duration.Ticks / 2, TimeSpan.FromMinutes(12).Ticks));

    /// <summary>Whether it is long enough to say anything about a slope.</summary>
    public bool HasSlope => Duration >= TimeSpan.FromMinutes(20);

    public static SoakForm Read()
    {
        var minutes = Environment.GetEnvironmentVariable("LOSSBOARD_SOAK_MINUTES");
        return string.IsNullOrEmpty(minutes)
            ? Short
            : new SoakForm(
                TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1),
                Environment.GetEnvironmentVariable("LOSSBOARD_SOAK_REPORT"));
    }
}
