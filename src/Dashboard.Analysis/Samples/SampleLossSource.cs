namespace Dashboard.Analysis;

/// <summary>Where the losses of samples come from.</summary>
public enum SampleLossSource
{
    /// <summary>There are none: none were logged, and the scores are no probabilities.</summary>
    None,
    /// <summary>The job logged them.</summary>
    Logged,
    /// <summary>−ln of the probability that the scores give the true class, which is held above 1e-12.</summary>
    CrossEntropy,
    /// <summary>Mean square of what the outputs miss their targets by.</summary>
    SquaredError,
}
