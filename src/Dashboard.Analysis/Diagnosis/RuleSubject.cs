namespace Dashboard.Analysis;

/// <summary>What a rule is asked about: a curve, a pair, a layer and so on, within its run.</summary>
/// <param name="scope">What it is.</param>
/// <param name="tag">The tag that a finding is filed under.</param>
/// <param name="own">Its features, in the order of its scope's vocabulary.</param>
/// <param name="run">Features of the whole run.</param>
/// <param name="names">Names for the sentence.</param>
/// <param name="checks">The curve whose checks early stopping counts; null where there is none.</param>
internal sealed class RuleSubject(RuleScope scope, string tag, double[] own, double[] run, IReadOnlyDictionary<string, string> names, CleanCurve? checks)
{
    public RuleScope Scope { get; } = scope;

    public string Tag { get; } = tag;

    public IReadOnlyDictionary<string, string> Names { get; } = names;

    /// <summary>A feature by its place: the scope's own come first, then the run's.</summary>
    public double Feature(int place) => place < own.Length ? own[place] : run[place - own.Length];

    public double Ask(RuleFunction function, double[] arguments)
    {
        if (checks is null || EarlyStopping.Replay(checks, arguments[0], arguments[1], arguments[2]) is not { } stop)
            return double.NaN;
        return function switch
        {
            RuleFunction.StopStep => stop.Step,
            RuleFunction.StopBest => stop.BestStep,
            RuleFunction.StopValue => stop.BestValue,
            _ => stop.ChecksAfter,
        };
    }
}
