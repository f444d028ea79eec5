using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>What the label counts of a run say, put together for the interface.</summary>
internal static class LabelReport
{
    // With 20 splits there are 190 pairs already; beyond, each is compared with the first.
    private const int MostSplitsInPairs = 20;
    private const int MostNamed = 20;

    /// <summary>Reports on counts by split and class.</summary>
    public static LabelsView Of(IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> splits)
    {
        var order = splits.Keys.ToArray();
        Array.Sort(order, SplitOrder.Compare);
        var classes = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in order.SelectMany(split => splits[split].Keys))
        {
            if (places.TryAdd(name, classes.Count))
                classes.Add(name);
        }
        var counts = Array.ConvertAll(order, split =>
        {
            var column = new long[classes.Count];
            foreach (var (name, count) in splits[split])
                column[places[name]] = count;
            return column;
        });
        var comparisons = new List<LabelComparisonView>();
        for (var a = 0; a < order.Length; a++)
        {
            for (var b = a + 1; b < order.Length && (a == 0 || order.Length <= MostSplitsInPairs); b++)
                comparisons.Add(Compared(order[a], order[b], classes, counts[a], counts[b]));
        }
        return new LabelsView(
            splits,
            comparisons,
            Named(order, classes, Array.ConvertAll(counts, column => ClassWeights.Balanced(column))),
            Named(order, classes, Array.ConvertAll(counts, column => ClassWeights.Oversampling(column))),
            [.. order.Select((split, at) => Judged(split, classes, counts[at]))]);
    }

    /// <summary>A severity as the interface says it.</summary>
    public static string? Word(LabelSeverity severity) => severity switch
    {
        LabelSeverity.Info => "info",
        LabelSeverity.Warning => "warning",
        LabelSeverity.Critical => "critical",
        _ => null,
    };

    private static LabelComparisonView Compared(string a, string b, List<string> classes, long[] countsA, long[] countsB)
    {
        var found = LabelComparison.Of(countsA, countsB);
        return new LabelComparisonView
        {
            A = a,
            B = b,
            TotalVariation = Known(found.TotalVariation),
            Kl = Known(found.Kl),
            KlReverse = Known(found.KlReverse),
            Js = Known(found.JensenShannon),
            Psi = Known(found.Psi),
            KlSmoothed = Known(found.KlSmoothed),
            PsiSmoothed = Known(found.PsiSmoothed),
            Chi2 = Known(found.ChiSquared),
            P = Known(found.P),
            Dof = found.Gap == LabelGap.None ? found.DegreesOfFreedom : null,
            Rough = found.IsRough,
            OnlyInA = found.OnlyInA,
            OnlyInB = found.OnlyInB,
            OneSided = [.. classes.Where((_, at) => countsA[at] > 0 != countsB[at] > 0).Take(MostNamed)],
            Severity = Word(found.Severity),
            Sentence = LabelWords.Of(a, b, found, countsA.Sum() == 0),
            Why = Reason(found.Gap),
        };
    }

    private static LabelImbalanceView Judged(string split, List<string> classes, long[] counts)
    {
        var found = LabelImbalance.Of(counts);
        var (largest, smallest) = (Name(found.Largest), Name(found.Smallest));
        return new LabelImbalanceView
        {
            Split = split,
            Total = found.Total,
            Classes = found.Present,
            Missing = found.Missing,
            MissingClasses = [.. classes.Where((_, at) => counts[at] == 0).Take(MostNamed)],
            Largest = largest,
            Smallest = smallest,
            Ratio = Known(found.Ratio),
            Entropy = Known(found.Entropy),
            EffectiveClasses = Known(found.EffectiveClasses),
            Evenness = Known(found.Evenness),
            P = Known(found.P),
            Severity = Word(found.Severity),
            Sentence = LabelWords.Of(split, found, largest, smallest),
            Why = Reason(found.Gap),
        };

        string? Name(int at) => at < 0 ? null : classes[at];
    }

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Named(string[] order, List<string> classes, double[][] values)
    {
        var named = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        for (var split = 0; split < order.Length; split++)
        {
            var byClass = new Dictionary<string, double>();
            for (var at = 0; at < classes.Count; at++)
            {
                if (!double.IsNaN(values[split][at]))
                    byClass.Add(classes[at], values[split][at]);
            }
            named.Add(order[split], byClass);
        }
        return named;
    }

    private static string? Reason(LabelGap gap) => gap switch
    {
        LabelGap.Empty => "empty_split",
        LabelGap.OneClass => "one_class",
        _ => null,
    };

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
