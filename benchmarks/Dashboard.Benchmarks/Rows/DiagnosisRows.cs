using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>How well the rules recognise runs that were trained into known states, and what reading costs.</summary>
internal static class DiagnosisRows
{
    private const int Tags = 1_000;
    private const int Points = 2_000;
    private const int Repeats = 5;

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        var all = LabelledRun.Load(Path.Combine(options.Root, "benchmarks", "diagnosis", "curves.json.gz"));
        var held = all.FindAll(run => run.IsHeldOut);
        var rules = RuleSet.Default;
        var score = DiagnosisScore.Of(held, run => DiagnosisScore.Alarms(run.Signals(), rules));
        var naive = DiagnosisScore.Of(held, NaiveRules.Alarms);
        var other = DiagnosisScore.Of(all.Where(run => !run.IsHeldOut), run => DiagnosisScore.Alarms(run.Signals(), rules));
        yield return Figure.AtLeast("Diagnosis of trained runs: recall, mean over the kinds", 0.9, score.Recall, "",
            $"{held.Count} runs that no rule was tuned on, of {all.Count}; on the other half {Figure.Text(other.Recall)}; a rule of patience {Figure.Text(naive.Recall)}. Missed: {Listed(score.Missed)}");
        foreach (var (state, (runs, found)) in score.Found)
            yield return Figure.Info($"the same: {state}", $"{found} of {runs}", naive.Found.TryGetValue(state, out var simple) ? $"a rule of patience: {simple.Found}" : "");
        yield return Figure.AtMost("the same: healthy runs with an alarm at their end", 5, 100 * score.FalseAlarmShare, "%",
            $"{score.FalseAlarms.Count} of {score.Healthy}; on the other half {other.FalseAlarms.Count} of {other.Healthy}; a rule of patience {naive.FalseAlarms.Count} of {naive.Healthy}. {Listed(score.FalseAlarms)}");
        yield return OnTheWay(held, rules);
        yield return Noticed(held, rules);
        foreach (var figure in Cost(rules))
            yield return figure;
    }

    private static Figure OnTheWay(List<LabelledRun> runs, RuleSet rules)
    {
        const int Moments = 20;
        var healthy = runs.FindAll(run => run.State == "healthy");
        var alarmed = healthy.FindAll(run => DiagnosisScore.AlarmsOnTheWay(run, rules, Moments));
        return Figure.Info("the same: healthy runs with an alarm at any time", $"{alarmed.Count} of {healthy.Count}", $"read at {Moments} moments of each run");
    }

    private static Figure Noticed(List<LabelledRun> runs, RuleSet rules)
    {
        var delays = runs.Where(run => run.State == "diverging").Select(run => DiagnosisScore.Notice(run, rules)).ToList();
        var sorted = new Percentiles([.. delays.Select(delay => delay ?? double.PositiveInfinity)]);
        return Figure.AtMost("the same: logged steps until a divergence is told, the slowest", 20, sorted.At(100), "steps", $"median {Figure.Text(sorted.At(50))}, n = {delays.Count}, read anew at each logged step");
    }

    private static IEnumerable<Figure> Cost(RuleSet rules)
    {
        var curves = Enumerable.Range(0, Tags).Select(tag => Made(tag)).ToList();
        var kept = curves.ConvertAll(CurveFeatures.Of);
        Diagnosis.Read(new RunSignals { Curves = kept }, rules);
        var whole = Benchmarks.Cost.Median(Enumerable.Range(0, Repeats).Select(_ => Benchmarks.Cost.Of(() => Diagnosis.Read(new RunSignals { Curves = curves.ConvertAll(CurveFeatures.Of) }, rules)).Cpu));
        var again = Benchmarks.Cost.Median(Enumerable.Range(0, Repeats).Select(_ => Benchmarks.Cost.Of(() => Diagnosis.Read(new RunSignals { Curves = kept }, rules)).Cpu));
        yield return Figure.AtMost($"Reading {Tags} losses of {Points} points", 0.5, whole, "s of CPU", "half of them with a validation curve; medians");
        yield return Figure.Info("the same, no curve changed", $"{Figure.Text(1000 * again)} ms of CPU", "features kept, rules asked anew");
    }

    private static SignalCurve Made(int tag)
    {
        var random = new Random(tag);
        var values = new double[Points];
        for (var at = 0; at < Points; at++)
            values[at] = (2 * Math.Exp(-6.0 * at / Points)) + 0.1 + (0.2 * random.NextDouble());
        return new SignalCurve($"{(tag % 2 == 0 ? "train" : "val")}/head{tag / 2}/loss", [.. Enumerable.Range(0, Points).Select(step => 50L * step)], values);
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join("; ", names);
}
