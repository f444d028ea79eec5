namespace Dashboard.Analysis;

/// <summary>Why label counts say nothing.</summary>
public enum LabelGap
{
    /// <summary>They do.</summary>
    None,
    /// <summary>There is no sample.</summary>
    Empty,
    /// <summary>All samples are of one class, so there is nothing to compare or balance.</summary>
    OneClass,
}
