namespace Dashboard.Analysis;

/// <summary>Functions whose answer depends on the points of a curve and on a rule's parameters.</summary>
internal enum RuleFunction
{
    /// <summary><c>stop_step(patience, min_delta, limit)</c>: step at which early stopping would have ended the run, or unknown.</summary>
    StopStep,

    /// <summary><c>stop_best(patience, min_delta, limit)</c>: step whose weights it would have kept.</summary>
    StopBest,

    /// <summary><c>stop_value(patience, min_delta, limit)</c>: the value there.</summary>
    StopValue,

    /// <summary><c>stop_checks(patience, min_delta, limit)</c>: checks made after it would have ended.</summary>
    StopChecks,
}
