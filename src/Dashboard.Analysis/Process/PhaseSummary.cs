namespace Dashboard.Analysis;

/// <summary>How the time of a run was spent, as far as it was told.</summary>
/// <param name="Shares">By name, in the order in which they first began.</param>
/// <param name="Covered">Seconds that any span covers.</param>
/// <param name="Gaps">Stretches between the start and the end that none covers, the longest first.</param>
/// <param name="Uncovered">Seconds of all such stretches, those that are not listed included.</param>
public sealed record PhaseSummary(IReadOnlyList<PhaseShare> Shares, double Covered, IReadOnlyList<PhaseSpan> Gaps, double Uncovered)
{
    // More than a person looks at.
    private const int MostGaps = 20;

    // Clocks are read one after the other: what is shorter is no gap.
    private const double ShortestGap = 1e-3;

    /// <summary>Adds spans up. Those that are not finite or end before they start are left out.</summary>
    /// <param name="spans">Spans in any order, nested and overlapping ones too.</param>
    /// <param name="started">Start of the run.</param>
    /// <param name="ended">End of the run, or now.</param>
    public static PhaseSummary Of(IEnumerable<PhaseSpan> spans, double started, double ended)
    {
        var all = spans.Where(one => double.IsFinite(one.Started) && double.IsFinite(one.Ended) && one.Ended >= one.Started).OrderBy(one => one.Started).ThenByDescending(one => one.Ended).ToList();
        var own = Own(all);
        var shares = all.GroupBy(one => one.Name).Select(group =>
            new PhaseShare(group.Key, group.Count(), Union(group).Sum(one => one.Ended - one.Started), own.GetValueOrDefault(group.Key), group.Max(one => one.Ended - one.Started))).ToList();
        var union = Union(all);
        var gaps = new List<PhaseSpan>();
        var at = started;
        foreach (var one in union.Append(new PhaseSpan("", ended, ended)))
        {
            var until = Math.Min(one.Started, ended);
            if (until - at > ShortestGap) gaps.Add(new PhaseSpan("", at, until));
            at = Math.Max(at, one.Ended);
        }

        return new PhaseSummary(shares, union.Sum(one => one.Ended - one.Started), [.. gaps.OrderByDescending(one => one.Ended - one.Started).Take(MostGaps)], gaps.Sum(one => one.Ended - one.Started));
    }

    // Spans must be in the order of their starts.
    private static List<PhaseSpan> Union(IEnumerable<PhaseSpan> spans)
    {
        var union = new List<PhaseSpan>();
        foreach (var one in spans)
        {
            if (union.Count > 0 && one.Started <= union[^1].Ended) union[^1] = union[^1] with { Ended = Math.Max(union[^1].Ended, one.Ended) };
            else union.Add(one with { Name = "" });
        }

        return union;
    }

    // A sweep over starts and ends: each stretch belongs to the span that is open and began last.
    private static Dictionary<string, double> Own(List<PhaseSpan> spans)
    {
        var own = new Dictionary<string, double>(StringComparer.Ordinal);
        var edges = spans.SelectMany((one, index) => new[] { (Time: one.Started, Opens: true, Index: index), (Time: one.Ended, Opens: false, Index: index) })
            .OrderBy(edge => edge.Time).ThenBy(edge => edge.Opens).ThenBy(edge => edge.Index);
        var open = new SortedSet<int>();
        double at = 0;
        foreach (var (time, opens, index) in edges)
        {
            if (open.Count > 0 && time > at)
            {
                var name = spans[open.Max].Name;
                own[name] = own.GetValueOrDefault(name) + time - at;
            }

            at = time;
            if (opens) open.Add(index);
            else open.Remove(index);
        }

        return own;
    }
}
