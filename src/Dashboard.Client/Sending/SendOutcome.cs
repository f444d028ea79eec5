namespace Dashboard.Client;

/// <summary>What to do with a request after a try.</summary>
internal enum SendOutcome
{
    /// <summary>The server has it.</summary>
    Stored,
    /// <summary>The server will never take it.</summary>
    Rejected,
    /// <summary>Try again: no answer, or one that says that it passes.</summary>
    Retry,
}
