namespace Dashboard.Analysis;

/// <summary>How much of what was found about labels should be made.</summary>
public enum LabelSeverity
{
    /// <summary>Nothing to say.</summary>
    None,
    /// <summary>Worth knowing.</summary>
    Info,
    /// <summary>Likely to cost accuracy.</summary>
    Warning,
    /// <summary>Results are not to be trusted before this is answered.</summary>
    Critical,
}
