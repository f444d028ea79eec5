using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>How well a way of reading runs recognises the states that they were trained into.</summary>
/// <param name="Found">By state: runs of it, and those of them in which it was recognised.</param>
/// <param name="Missed">Names of the runs in which it was not.</param>
/// <param name="FalseAlarms">Healthy runs with an alarm, and what it was.</param>
/// <param name="Healthy">Healthy runs.</param>
internal sealed record DiagnosisScore(IReadOnlyDictionary<string, (int Runs, int Found)> Found, IReadOnlyList<string> Missed, IReadOnlyList<string> FalseAlarms, int Healthy)
{
    /// <summary>Mean over the states of the share that was recognised.</summary>
    public double Recall => Found.Values.Average(state => state.Found / (double)state.Runs);

    /// <summary>Share of the healthy runs with an alarm.</summary>
    public double FalseAlarmShare => FalseAlarms.Count / (double)Healthy;

    /// <summary>The alarms of the rules: findings of a warning or worse.</summary>
    public static IEnumerable<string> Alarms(RunSignals signals, RuleSet rules) =>
        Diagnosis.Read(signals, rules).Where(finding => finding.Severity > FindingSeverity.Info).Select(finding => finding.Code);

    /// <summary>Reads each run at its end.</summary>
    /// <param name="runs">Runs of known states.</param>
    /// <param name="read">Codes of the alarms that a run raises.</param>
    public static DiagnosisScore Of(IEnumerable<LabelledRun> runs, Func<LabelledRun, IEnumerable<string>> read)
    {
        var found = new SortedDictionary<string, (int Runs, int Found)>(StringComparer.Ordinal);
        var (missed, alarms, healthy) = (new List<string>(), new List<string>(), 0);
        foreach (var run in runs)
        {
            var codes = read(run).ToHashSet();
            if (run.State == "healthy")
            {
                healthy++;
                if (codes.Count > 0)
                    alarms.Add($"{run.Name}: {string.Join(", ", codes.Order(StringComparer.Ordinal))}");
                continue;
            }
            var (count, good) = found.GetValueOrDefault(run.State);
            found[run.State] = (count + 1, good + (codes.Contains(run.State) ? 1 : 0));
            if (!codes.Contains(run.State))
                missed.Add($"{run.Name}: {string.Join(", ", codes.Order(StringComparer.Ordinal))}");
        }
        return new DiagnosisScore(found, missed, alarms, healthy);
    }

    /// <summary>Points of the training loss from the onset of a divergence until it is told, reading the run anew at each; null where it never is.</summary>
    public static int? Notice(LabelledRun run, RuleSet rules)
    {
        var loss = run.Curves.MaxBy(curve => CurveName.Of(curve.Tag) is { Role: CurveRole.Loss, Split: not CurveSplit.Validation } ? curve.Steps.Length : -1)!;
        var after = loss.Steps.Where(step => step >= run.Onset).ToList();
        var at = after.FindIndex(step => Diagnosis.Read(run.Signals(step), rules).Any(finding => finding.Code is "diverging" or "non_finite"));
        return at < 0 ? null : at;
    }

    /// <summary>Whether an alarm is raised at any of so many moments of a run's life, evenly spaced.</summary>
    public static bool AlarmsOnTheWay(LabelledRun run, RuleSet rules, int moments)
    {
        var last = run.Curves.Max(curve => curve.Steps[^1]);
        return Enumerable.Range(1, moments).Any(at => Alarms(run.Signals(last * at / moments), rules).Any());
    }
}
