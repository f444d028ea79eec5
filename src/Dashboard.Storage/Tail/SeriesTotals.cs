using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>What all points of a series so far amount to. Extremes leave the last point out, so that replacing it stays exact.</summary>
internal record struct SeriesTotals
{
    public long Count;
    public long FirstStep;
    public long LastStep;
    public double LastValue;
    public double MinBefore;
    public double MaxBefore;

    public static SeriesTotals Empty => new() { MinBefore = double.NaN, MaxBefore = double.NaN };

    /// <summary>Smallest finite value, NaN where there is none.</summary>
    public readonly double Min => double.IsFinite(LastValue) && Count > 0 ? Smaller(MinBefore, LastValue) : MinBefore;

    /// <summary>Largest finite value, NaN where there is none.</summary>
    public readonly double Max => double.IsFinite(LastValue) && Count > 0 ? Larger(MaxBefore, LastValue) : MaxBefore;

    /// <summary>True where <paramref name="step"/> is the last one logged: its value replaces the last one.</summary>
    public readonly bool Replaces(long step) => Count > 0 && step == LastStep;

    public void Append(SeriesColumns points, int from)
    {
        for (var i = from; i < points.Count; i++)
        {
            MinBefore = Min;
            MaxBefore = Max;
            LastValue = points.Values[i];
            if (Count == 0) FirstStep = points.Steps[i];
            Count++;
        }

        if (points.Count > from) LastStep = points.Steps[points.Count - 1];
    }

    private static double Smaller(double known, double value) => double.IsNaN(known) || value < known ? value : known;

    private static double Larger(double known, double value) => double.IsNaN(known) || value > known ? value : known;
}
