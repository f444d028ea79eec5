using System.Globalization;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Samples as the interface shows them.</summary>
internal static class SampleViews
{
    // A line as small as a word shows no more.
    private const int MostSparkSteps = 50;

    /// <summary>A page of samples of a series.</summary>
    public static SamplesView List(string runId, string tag, SampleSeries series, string word, SampleSort sort, int? label, int size, int from)
    {
        var history = series.History!;
        var order = SampleRanking.Order(history, sort, label);
        var page = order.Skip(from).Take(size).ToArray();
        var steps = Spark(history.Steps.Count);
        return new SamplesView
        {
            RunId = runId,
            Tag = tag,
            Samples = history.Samples,
            TotalSteps = series.TotalSteps,
            ReadSteps = history.Steps.Count,
            Steps = Array.ConvertAll(steps, at => history.Steps[at]),
            DamagedSteps = series.Damaged.Count == 0 ? null : [.. series.Damaged],
            MatchedBy = history.HasIds ? "id" : "position",
            Kind = history.IsRegression ? "regression" : "classification",
            LossSource = Source(history),
            WhyNoLosses = WhyNoLosses(history),
            WhyNoMislabelled = WhyNoMislabelled(history),
            Relabelled = history.Relabelled,
            Repeated = history.Repeated,
            Classes = series.Classes,
            Sprite = series.Sprite,
            Labels = history.IsRegression ? [] : Labels(history, series.Classes),
            Counts = Counts(history, label),
            Sort = word,
            Total = order.Length,
            Items = Array.ConvertAll(page, sample => One(history, sample, steps)),
            NextCursor = from + page.Length < order.Length ? (from + page.Length).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>Losses of a series, thinned.</summary>
    public static SampleLossesView Losses(string runId, string tag, SampleSeries series, LossScatter found)
    {
        var history = series.History!;
        var groups = new Dictionary<int, int>();
        for (var at = 0; at < found.Labels.Length; at++)
            groups[found.Labels[at]] = at;
        var samples = found.PointSamples.Distinct().ToList();
        var places = new Dictionary<int, int>();
        for (var at = 0; at < samples.Count; at++)
            places[samples[at]] = at;
        return new SampleLossesView
        {
            RunId = runId,
            Tag = tag,
            Steps = Array.ConvertAll(found.Steps, at => history.Steps[at]),
            TotalSteps = series.TotalSteps,
            LossSource = Source(history),
            WhyNoLosses = WhyNoLosses(history),
            Groups = [.. found.Labels.Select((label, at) => Group(label, found.Spreads[at], series.Classes))],
            Total = found.Total,
            Points = new LossPointsView(
                found.PointSteps,
                found.PointLabels.ConvertAll(label => groups[label]),
                found.PointSamples.ConvertAll(sample => places[sample]),
                found.PointLosses,
                samples.ConvertAll(history.Id)),
        };
    }

    private static LossGroupView Group(int label, LossSpread[] spread, string[]? classes) => new(
        label < 0 ? null : label,
        Name(label, classes),
        Array.ConvertAll(spread, one => one.Count),
        Array.ConvertAll(spread, one => one.NonFinite),
        Array.ConvertAll(spread, one => one.Min),
        Array.ConvertAll(spread, one => one.LowerQuartile),
        Array.ConvertAll(spread, one => one.Median),
        Array.ConvertAll(spread, one => one.UpperQuartile),
        Array.ConvertAll(spread, one => one.Max),
        Array.ConvertAll(spread, one => one.Mean));

    private static SampleView One(SampleHistory history, int sample, int[] steps)
    {
        var facts = history.Facts[sample];
        return new SampleView
        {
            Id = history.Id(sample),
            Position = facts.Position,
            LastStep = facts.LastStep,
            Label = facts.Label < 0 ? null : facts.Label,
            Predicted = facts.Predicted < 0 ? null : facts.Predicted,
            // A loss that was logged as NaN is one; where none was, there is none.
            Loss = double.IsNaN(facts.Loss) && facts.NonFinite == 0 ? null : facts.Loss,
            MeanLoss = Known(facts.MeanLoss),
            NonFinite = facts.NonFinite,
            Seen = facts.Seen,
            Correct = facts.Correct,
            Forgotten = facts.Forgotten,
            LearnedAt = facts.Correct > 0 ? facts.LearnedAt : null,
            Margin = Known(facts.AreaUnderMargin),
            Suggested = facts.Suggested < 0 ? null : facts.Suggested,
            Confidence = Known(facts.Confidence),
            Losses = Array.ConvertAll(steps, at => LossAt(history, at, sample)),
        };
    }

    private static double? LossAt(SampleHistory history, int step, int sample) =>
        history.PredictedAt(step, sample) == SampleHistory.Absent || history.Sources[step] == SampleLossSource.None ? null : history.LossAt(step, sample);

    private static SampleCounts Counts(SampleHistory history, int? label)
    {
        int forgotten = 0, never = 0, mislabelled = 0;
        foreach (ref readonly var one in history.Facts)
        {
            if (label is { } wanted && one.Label != wanted)
                continue;
            forgotten += one.Forgotten > 0 ? 1 : 0;
            never += one.NeverLearned ? 1 : 0;
            mislabelled += one.Suggested >= 0 ? 1 : 0;
        }
        return new SampleCounts(forgotten, never, mislabelled);
    }

    private static List<SampleLabelCount> Labels(SampleHistory history, string[]? classes)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (ref readonly var one in history.Facts)
            counts[one.Label] = counts.GetValueOrDefault(one.Label) + 1;
        return [.. counts.Select(one => new SampleLabelCount(one.Key, Name(one.Key, classes), one.Value))];
    }

    private static string? Name(int label, string[]? classes) => classes is not null && label >= 0 && label < classes.Length ? classes[label] : null;

    private static string Source(SampleHistory history)
    {
        var kinds = history.Sources.Where(source => source != SampleLossSource.None).Distinct().ToList();
        return kinds switch
        {
            [] => "none",
            [SampleLossSource.Logged] => "logged",
            [SampleLossSource.CrossEntropy] => "cross_entropy",
            [SampleLossSource.SquaredError] => "squared_error",
            _ => "mixed",
        };
    }

    private static string? WhyNoLosses(SampleHistory history) => history.Sources.Contains(SampleLossSource.None) ? "scores_are_no_probabilities" : null;

    private static string? WhyNoMislabelled(SampleHistory history) =>
        history.IsRegression ? "targets_are_numbers" : history.Samples == 0 ? "no_samples" : !history.HasProbabilities ? "scores_are_no_probabilities" : null;

    private static int[] Spark(int count)
    {
        var kept = Math.Min(count, MostSparkSteps);
        return [.. Enumerable.Range(0, kept).Select(at => kept == 1 ? count - 1 : (int)((long)at * (count - 1) / (kept - 1)))];
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
