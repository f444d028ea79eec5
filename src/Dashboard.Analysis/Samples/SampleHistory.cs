using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Analysis;

/// <summary>
/// The samples of a series of predictions over steps, which are added in their order: the loss of each at each step, and what follows from them. Samples are matched by id
/// where they have ids, else by position. Eight bytes a sample and step; not safe for use from several threads while steps are added.
/// </summary>
public sealed class SampleHistory
{
    /// <summary>In <see cref="PredictedAt"/>: the sample was not in the step.</summary>
    public const int Absent = -2;

    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly List<int> _byPosition = [];
    private readonly List<SampleFacts> _facts = [];
    private readonly List<string?> _ids = [];
    private readonly List<long> _steps = [];
    private readonly List<float[]> _losses = [];
    private readonly List<int[]> _predicted = [];
    private readonly List<SampleLossSource> _sources = [];
    private (SampleStep Step, int[] Places)? _last;

    /// <summary>Steps added.</summary>
    public IReadOnlyList<long> Steps => _steps;

    /// <summary>Where the losses of each step come from.</summary>
    public IReadOnlyList<SampleLossSource> Sources => _sources;

    /// <summary>Samples seen.</summary>
    public int Samples => _facts.Count;

    /// <summary>Whether samples have ids. Those of a step without ids are called by their position.</summary>
    public bool HasIds { get; private set; }

    /// <summary>Whether samples have targets rather than labels.</summary>
    public bool IsRegression { get; private set; }

    /// <summary>Classes of the last step: as many as scores, two for one score.</summary>
    public int Classes { get; private set; }

    /// <summary>Samples whose label changed between steps: different samples under one id, or an order that was shuffled.</summary>
    public int Relabelled { get; private set; }

    /// <summary>Rows of a step that had the id of another row of that step, of which only the first counts.</summary>
    public int Repeated { get; private set; }

    /// <summary>Whether the scores of the last step are probabilities, so that mislabelled samples could be looked for.</summary>
    public bool HasProbabilities { get; private set; }

    /// <summary>About the bytes held.</summary>
    public long Bytes => (8L * _losses.Sum(step => (long)step.Length)) + (200L * _facts.Count) + (8L * (_last?.Step.Scores.Length ?? 0));

    /// <summary>What is known of each sample, in the order first seen.</summary>
    public ReadOnlySpan<SampleFacts> Facts => CollectionsMarshal.AsSpan(_facts);

    /// <summary>What a sample is called: its id, else its position.</summary>
    public string Id(int sample) => _ids[sample] ?? _facts[sample].Position.ToString(CultureInfo.InvariantCulture);

    /// <summary>Loss of a sample at the step of a number; NaN where it was not in it or has none.</summary>
    public double LossAt(int step, int sample) => sample < _losses[step].Length ? _losses[step][sample] : double.NaN;

    /// <summary>Class predicted for a sample at the step of a number; −1 where no score was a number, <see cref="Absent"/> where it was not in the step.</summary>
    public int PredictedAt(int step, int sample) => sample < _predicted[step].Length ? _predicted[step][sample] : Absent;

    /// <summary>Adds a step, which must lie beyond those before it.</summary>
    /// <exception cref="ArgumentException">It does not, or its columns are not of one length.</exception>
    public void Add(SampleStep step)
    {
        if (_steps.Count > 0 && step.Step <= _steps[^1])
            throw new ArgumentException($"Step {step.Step} comes after {_steps[^1]}; steps are added in their order.", nameof(step));
        var rows = step.Rows;
        if ((long)rows * step.Columns != step.Scores.Length || (step.Losses ?? []).Length % Math.Max(1, rows) != 0 || (step.Ids is { } ids && ids.Length != rows))
            throw new ArgumentException($"The columns of step {step.Step} are not of {rows} samples.", nameof(step));
        var places = Places(step, rows);
        IsRegression = step.Labels is null;
        Classes = IsRegression ? 0 : Math.Max(step.Columns, 2);
        HasProbabilities = !IsRegression && rows > 0 && SampleScores.AreProbabilities(step.Scores, step.Columns);
        var source = step.Losses is not null ? SampleLossSource.Logged
            : IsRegression ? (step.Targets is null ? SampleLossSource.None : SampleLossSource.SquaredError)
            : HasProbabilities ? SampleLossSource.CrossEntropy : SampleLossSource.None;
        var (losses, predicted) = (new float[_facts.Count], new int[_facts.Count]);
        Array.Fill(losses, float.NaN);
        Array.Fill(predicted, Absent);
        var facts = CollectionsMarshal.AsSpan(_facts);
        for (var row = 0; row < rows; row++)
        {
            if (places[row] is not (>= 0 and var at))
                continue;
            var scores = step.Scores.AsSpan(row * step.Columns, step.Columns);
            var loss = source switch
            {
                SampleLossSource.Logged => step.Losses![row],
                SampleLossSource.CrossEntropy => SampleScores.CrossEntropy(scores, (int)step.Labels![row]),
                SampleLossSource.SquaredError => SquaredError(scores, step.Targets.AsSpan(row * step.Columns, step.Columns)),
                _ => double.NaN,
            };
            losses[at] = (float)loss;
            predicted[at] = step.Labels is null ? -1 : SampleScores.Predicted(scores);
            Note(ref facts[at], step, row, loss, source != SampleLossSource.None, predicted[at]);
        }
        _steps.Add(step.Step);
        _losses.Add(losses);
        _predicted.Add(predicted);
        _sources.Add(source);
        _last = (step, places);
    }

    /// <summary>Looks for labels that are likely wrong among the samples of the last step: <see cref="SampleFacts.Suggested"/> and <see cref="SampleFacts.Confidence"/> are of it. Nothing is found where its scores are no probabilities.</summary>
    public void FindMislabelled()
    {
        var facts = CollectionsMarshal.AsSpan(_facts);
        foreach (ref var one in facts)
            (one.Suggested, one.Confidence) = (-1, double.NaN);
        if (!HasProbabilities || _last is not var (step, places))
            return;
        var found = ConfidentLearning.Find(step.Labels, step.Scores, step.Columns);
        for (var row = 0; row < places.Length; row++)
        {
            if (places[row] is >= 0 and var at)
                (facts[at].Suggested, facts[at].Confidence) = (found.Suggested[row], found.Margins[row]);
        }
    }

    private void Note(ref SampleFacts facts, SampleStep step, int row, double loss, bool hasLoss, int predicted)
    {
        var label = step.Labels is null ? -1 : (int)step.Labels[row];
        if (facts.Seen > 0 && facts.Label != label)
            Relabelled++;
        var wasRight = facts.Seen > 0 && facts.Predicted == facts.Label && facts.Label >= 0;
        var right = label >= 0 && predicted == label;
        (facts.Label, facts.Predicted, facts.Position, facts.LastStep) = (label, predicted, row, step.Step);
        facts.Seen++;
        if (right && facts.Correct++ == 0)
            facts.LearnedAt = step.Step;
        if (wasRight && !right)
            facts.Forgotten++;
        facts.Loss = loss;
        if (double.IsFinite(loss))
        {
            facts.LossSum += loss;
            facts.Losses++;
        }
        else if (hasLoss)
            facts.NonFinite++;
        if (label >= 0 && SampleScores.Margin(step.Scores.AsSpan(row * step.Columns, step.Columns), label) is var margin && double.IsFinite(margin))
        {
            facts.MarginSum += margin;
            facts.Margins++;
        }
    }

    /// <summary>The sample of each row, new ones made; −1 for a row that repeats an id.</summary>
    private int[] Places(SampleStep step, int rows)
    {
        var places = new int[rows];
        if (step.Ids is not { } ids)
        {
            while (_byPosition.Count < rows)
                _byPosition.Add(Made(null));
            _byPosition.CopyTo(0, places, 0, rows);
            return places;
        }
        HasIds = true;
        var seen = new HashSet<int>(rows);
        for (var row = 0; row < rows; row++)
        {
            if (!_byId.TryGetValue(ids[row], out var at))
                _byId.Add(ids[row], at = Made(ids[row]));
            places[row] = seen.Add(at) ? at : -1;
            if (places[row] < 0)
                Repeated++;
        }
        return places;
    }

    private int Made(string? id)
    {
        _ids.Add(id);
        _facts.Add(new SampleFacts { Loss = double.NaN, Confidence = double.NaN, Suggested = -1, Predicted = -1 });
        return _facts.Count - 1;
    }

    private static double SquaredError(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets)
    {
        double sum = 0;
        for (var at = 0; at < outputs.Length; at++)
            sum += (outputs[at] - targets[at]) * (outputs[at] - targets[at]);
        return sum / outputs.Length;
    }
}
