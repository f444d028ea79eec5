namespace Dashboard.Analysis;

/// <summary>Which bins of a feature go left, and what that gains.</summary>
internal struct Split
{
    /// <summary>The feature, or −1 for no split.</summary>
    public int Feature = -1;
    /// <summary>By how much the sum of squared errors falls.</summary>
    public double Gain = 0;
    /// <summary>A bit a bin, set where it goes left.</summary>
    public BinSet Left = default;

    public Split()
    {
    }
}
