namespace Dashboard.Analysis;

/// <summary>How the losses of the samples of one label are spread at one step. Quartiles are interpolated between neighbours; all are NaN where no loss is finite.</summary>
/// <param name="Count">Finite losses.</param>
/// <param name="NonFinite">Losses that are NaN or infinite.</param>
/// <param name="Min">Smallest.</param>
/// <param name="LowerQuartile">First quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="UpperQuartile">Third quartile.</param>
/// <param name="Max">Largest.</param>
/// <param name="Mean">Mean.</param>
public readonly record struct LossSpread(int Count, int NonFinite, double Min, double LowerQuartile, double Median, double UpperQuartile, double Max, double Mean)
{
    /// <summary>Of finite losses, which are put in order.</summary>
    public static LossSpread Of(Span<float> losses, int nonFinite)
    {
        if (losses.IsEmpty)
            return new LossSpread(0, nonFinite, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        losses.Sort();
        double sum = 0;
        foreach (var loss in losses)
            sum += loss;
        return new LossSpread(losses.Length, nonFinite, losses[0], Quantile(losses, .25), Quantile(losses, .5), Quantile(losses, .75), losses[^1], sum / losses.Length);
    }

    private static double Quantile(ReadOnlySpan<float> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * ((double)sorted[above] - sorted[below]));
    }
}
