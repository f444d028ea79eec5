namespace Dashboard.Analysis;

/// <summary>Courses that learning rates take after their warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>One rate throughout.</summary>
    Constant,

    /// <summary>Multiplied by a factor once a period.</summary>
    Step,

    /// <summary>Multiplied by a factor at irregular steps, as a plateau of the loss or a list of milestones asks for it.</summary>
    Drops,

    /// <summary>Multiplied by a factor each step.</summary>
    Exponential,

    /// <summary>A straight line.</summary>
    Linear,

    /// <summary>(1 − t/T) to a power.</summary>
    Polynomial,

    /// <summary>Half a period of a cosine.</summary>
    Cosine,

    /// <summary>Cosines that begin again.</summary>
    CosineRestarts,

    /// <summary>A triangle that repeats.</summary>
    Cyclic,

    /// <summary>One over the square root of the step.</summary>
    InverseRoot,

    /// <summary>Still in its warm-up.</summary>
    WarmUp,
}
