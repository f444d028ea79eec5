namespace Dashboard.Analysis;

/// <summary>How much a finding asks of a person, in rising order.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing is wrong.</summary>
    Info,

    /// <summary>The run goes on, but not as it should.</summary>
    Warning,

    /// <summary>The run is lost, or nearly, unless something is changed.</summary>
    Critical,
}
