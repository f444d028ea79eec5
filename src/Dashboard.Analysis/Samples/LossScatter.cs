namespace Dashboard.Analysis;

/// <summary>Losses of samples over steps, thinned to what a picture holds: of every step and label the samples of the smallest and the largest loss, and the same others at every step.</summary>
public sealed class LossScatter
{
    /// <summary>In <see cref="Labels"/> and <see cref="PointLabels"/>: the labels that are put together, as there are too many.</summary>
    public const int Others = -1;

    // More colours are not told apart.
    private const int MostLabels = 20;
    private const int MostSteps = 200;
    private const ulong Seed = 6;

    private LossScatter(int[] steps, int[] labels, LossSpread[][] spreads) => (Steps, Labels, Spreads) = (steps, labels, spreads);

    /// <summary>Numbers of the steps kept within the history: all, or 200 evenly chosen, the first and the last always.</summary>
    public int[] Steps { get; }

    /// <summary>The labels told apart: those of most samples, by number; then <see cref="Others"/> where there are more.</summary>
    public int[] Labels { get; }

    /// <summary>How losses are spread, exactly, over all samples: a row a label, a column a step.</summary>
    public LossSpread[][] Spreads { get; }

    /// <summary>For each point, the place of its step in <see cref="Steps"/>.</summary>
    public List<int> PointSteps { get; } = [];

    /// <summary>For each point, its sample.</summary>
    public List<int> PointSamples { get; } = [];

    /// <summary>For each point, its label or <see cref="Others"/>.</summary>
    public List<int> PointLabels { get; } = [];

    /// <summary>For each point, its loss: finite.</summary>
    public List<double> PointLosses { get; } = [];

    /// <summary>Finite losses at the steps kept, of which the points may be a choice.</summary>
    public long Total { get; private set; }

    /// <summary>Thins a history.</summary>
    /// <param name="history">The samples.</param>
    /// <param name="points">Points at the most, though never fewer than the extremes of a single group.</param>
    /// <param name="label">Only samples of this class, or null.</param>
    public static LossScatter Of(SampleHistory history, int points, int? label)
    {
        var steps = Chosen(history.Steps.Count);
        var members = Members(history, label);
        // Half of the points may be extremes: two for each step and label.
        var room = Math.Clamp(points / Math.Max(1, 4 * steps.Length), 1, MostLabels);
        var labels = KeptLabels(history, members, room);
        var place = new Dictionary<int, int>();
        for (var at = 0; at < labels.Length; at++)
            place[labels[at]] = at;
        var scatter = new LossScatter(steps, labels, Array.ConvertAll(labels, _ => new LossSpread[steps.Length]));
        var groupOf = new int[history.Samples];
        foreach (var sample in members)
            groupOf[sample] = place.TryGetValue(history.Facts[sample].Label, out var own) ? own : labels.Length - 1;
        var shuffled = (int[])members.Clone();
        new SeededRandom(Seed, 0).Shuffle<int>(shuffled);
        for (var at = 0; at < steps.Length; at++)
            scatter.AddStep(history, at, members, shuffled, groupOf, points / Math.Max(1, steps.Length));
        return scatter;
    }

    private void AddStep(SampleHistory history, int at, int[] members, int[] shuffled, int[] groupOf, int budget)
    {
        var step = Steps[at];
        var (lowest, highest) = (new int[Labels.Length], new int[Labels.Length]);
        Array.Fill(lowest, -1);
        Array.Fill(highest, -1);
        var losses = Array.ConvertAll(Labels, _ => new List<float>());
        var broken = new int[Labels.Length];
        foreach (var sample in members)
        {
            if (history.PredictedAt(step, sample) == SampleHistory.Absent)
                continue;
            var group = groupOf[sample];
            var loss = (float)history.LossAt(step, sample);
            if (!float.IsFinite(loss))
            {
                broken[group] += history.Sources[step] == SampleLossSource.None ? 0 : 1;
                continue;
            }
            losses[group].Add(loss);
            if (lowest[group] < 0 || loss < history.LossAt(step, lowest[group]))
                lowest[group] = sample;
            if (highest[group] < 0 || loss > history.LossAt(step, highest[group]))
                highest[group] = sample;
        }
        var shown = new HashSet<int>();
        for (var group = 0; group < Labels.Length; group++)
        {
            Total += losses[group].Count;
            Spreads[group][at] = LossSpread.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(losses[group]), broken[group]);
            if (lowest[group] >= 0)
            {
                AddPoint(history, at, lowest[group], group, shown);
                AddPoint(history, at, highest[group], group, shown);
            }
        }
        // The first so many of one order at every step, so that a dot can be followed.
        foreach (var sample in shuffled)
        {
            if (shown.Count >= budget)
                break;
            if (history.PredictedAt(step, sample) != SampleHistory.Absent && double.IsFinite(history.LossAt(step, sample)))
                AddPoint(history, at, sample, groupOf[sample], shown);
        }
    }

    private void AddPoint(SampleHistory history, int at, int sample, int group, HashSet<int> shown)
    {
        if (!shown.Add(sample))
            return;
        PointSteps.Add(at);
        PointSamples.Add(sample);
        PointLabels.Add(Labels[group]);
        PointLosses.Add(history.LossAt(Steps[at], sample));
    }

    private static int[] Chosen(int count)
    {
        var kept = Math.Min(count, MostSteps);
        var chosen = new int[kept];
        for (var at = 0; at < kept; at++)
            chosen[at] = kept == 1 ? count - 1 : (int)((long)at * (count - 1) / (kept - 1));
        return chosen;
    }

    private static int[] Members(SampleHistory history, int? label)
    {
        var facts = history.Facts;
        var members = new List<int>(facts.Length);
        for (var at = 0; at < facts.Length; at++)
        {
            if (label is null || facts[at].Label == label)
                members.Add(at);
        }
        return [.. members];
    }

    private static int[] KeptLabels(SampleHistory history, int[] members, int room)
    {
        var counts = new Dictionary<int, int>();
        foreach (var sample in members)
            counts[history.Facts[sample].Label] = counts.GetValueOrDefault(history.Facts[sample].Label) + 1;
        if (counts.Count <= room)
            return [.. counts.Keys.Order()];
        var most = counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key).Take(room - 1).Select(one => one.Key).Order();
        return [.. most, Others];
    }
}
