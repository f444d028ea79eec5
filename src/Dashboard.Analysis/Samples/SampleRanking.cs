namespace Dashboard.Analysis;

/// <summary>Puts samples in order.</summary>
public static class SampleRanking
{
    /// <summary>The samples of a sort, the most notable first; equals in the order first seen, so that pages of a list fit together.</summary>
    /// <param name="history">The samples.</param>
    /// <param name="sort">Which, and in which order.</param>
    /// <param name="label">Only those of this class, or null.</param>
    public static int[] Order(SampleHistory history, SampleSort sort, int? label)
    {
        var facts = history.Facts;
        var kept = new List<(double Key, double Second, int Sample)>();
        for (var at = 0; at < facts.Length; at++)
        {
            ref readonly var one = ref facts[at];
            if (label is { } wanted && one.Label != wanted)
                continue;
            (bool Among, double First, double Then) found = sort switch
            {
                SampleSort.Hardest => (true, -Known(one.Loss, one.NonFinite > 0), 0),
                SampleSort.MeanLoss => (true, -Known(one.MeanLoss, one.NonFinite > 0), 0),
                SampleSort.Forgotten => (one.Forgotten > 0, -one.Forgotten, -Known(one.MeanLoss, false)),
                SampleSort.NeverLearned => (one.NeverLearned, -Known(one.MeanLoss, one.NonFinite > 0), 0),
                SampleSort.Mislabelled => (one.Suggested >= 0, one.Confidence, 0),
                SampleSort.Margin => (true, double.IsNaN(one.AreaUnderMargin) ? double.PositiveInfinity : one.AreaUnderMargin, 0),
                _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
            };
            if (found.Among)
                kept.Add((found.First, found.Then, at));
        }
        kept.Sort();
        return [.. kept.Select(one => one.Sample)];
    }

    // A loss that was logged and is no number is worse than any; one that does not exist is below all.
    private static double Known(double loss, bool broken) => !double.IsNaN(loss) ? loss : broken ? double.PositiveInfinity : double.NegativeInfinity;
}
