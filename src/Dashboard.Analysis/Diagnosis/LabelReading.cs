namespace Dashboard.Analysis;

/// <summary>Finds the features of label counts.</summary>
internal static class LabelReading
{
    private static readonly HashSet<string> TrainingNames = new(StringComparer.OrdinalIgnoreCase) { "train", "training", "trn", "tr" };

    public static IEnumerable<RuleSubject> Of(IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> labels, double[] run)
    {
        var classes = labels.Values.SelectMany(counts => counts.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var splits = labels.OrderBy(split => split.Key, StringComparer.Ordinal)
            .Select(split => (Name: split.Key, Counts: classes.Select(label => Math.Max(0, split.Value.GetValueOrDefault(label))).ToArray())).ToList();
        var training = splits.Where(split => TrainingNames.Contains(split.Name)).Select(split => split.Name).FirstOrDefault()
            ?? splits.OrderByDescending(split => split.Counts.Sum()).Select(split => split.Name).FirstOrDefault();
        foreach (var (name, counts) in splits)
        {
            var found = LabelImbalance.Of(counts);
            if (found.Gap == LabelGap.Empty)
                continue;
            var names = new Dictionary<string, string> { ["tag"] = name, ["split"] = name, ["largest"] = classes[found.Largest], ["smallest"] = classes[found.Smallest] };
            double[] own =
            [
                found.Total, classes.Count, found.Missing, counts[found.Largest] / (double)found.Total, counts[found.Smallest] / (double)found.Total, found.Ratio, found.Evenness, found.P,
                name == training ? 1 : 0,
            ];
            yield return new RuleSubject(RuleScope.Split, name, own, run, names, null);
        }
        if (training is null)
            yield break;
        var first = splits.Find(split => split.Name == training);
        foreach (var other in splits.Where(split => split.Name != training))
        {
            if (Compared(first, other, classes, run) is { } subject)
                yield return subject;
        }
    }

    private static RuleSubject? Compared((string Name, long[] Counts) first, (string Name, long[] Counts) other, List<string> classes, double[] run)
    {
        var found = LabelComparison.Of(first.Counts, other.Counts);
        if (found.Gap == LabelGap.Empty)
            return null;
        var (total, otherTotal) = (first.Counts.Sum(count => (double)count), other.Counts.Sum(count => (double)count));
        var most = Enumerable.Range(0, classes.Count).MaxBy(at => Math.Abs((first.Counts[at] / total) - (other.Counts[at] / otherTotal)));
        var names = new Dictionary<string, string> { ["tag"] = other.Name, ["split"] = first.Name, ["other"] = other.Name, ["most_changed"] = classes[most] };
        double[] own =
        [
            total, otherTotal, found.Classes, found.TotalVariation, found.Kl, found.JensenShannon, found.PsiSmoothed, found.ChiSquared, found.P, found.OnlyInA, found.OnlyInB,
            found.IsRough ? 1 : 0,
        ];
        return new RuleSubject(RuleScope.Splits, other.Name, own, run, names, null);
    }
}
