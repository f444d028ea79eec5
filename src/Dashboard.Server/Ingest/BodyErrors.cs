using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Gathers the faults of a body, so that one answer names many of them.</summary>
internal sealed class BodyErrors(int limit)
{
    private readonly List<ProblemError> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>The fault that was noted first, or null.</summary>
    public ProblemError? First => _errors.Count > 0 ? _errors[0] : null;

    /// <summary>Notes a fault; at the limit the request ends here.</summary>
    public void Add(string pointer, string code, string message) => Add(new ProblemError(pointer, code, message));

    /// <summary>Notes a fault; at the limit the request ends here.</summary>
    public void Add(ProblemError error)
    {
        _errors.Add(error);
        if (_errors.Count >= limit)
            throw ApiProblems.Refused(_errors);
    }

    /// <summary>Ends the request where a fault was noted.</summary>
    public void ThrowIfAny()
    {
        if (Any)
            throw ApiProblems.Refused(_errors);
    }

    /// <summary>A JSON pointer token: <c>~</c> and <c>/</c> escaped as RFC 6901 asks.</summary>
    public static string Escape(string token) => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
