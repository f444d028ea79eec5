using Dashboard.Contracts;

namespace Dashboard.Web;

/// <summary>Who looks at a page.</summary>
public interface IPageSession
{
    /// <summary>Who they are.</summary>
    SessionView Session { get; }

    /// <summary>What they may do in a project, or on every project where it is null: of <c>read write manage administer</c> those that hold, with spaces between.</summary>
    string Rights(string? project);

    /// <summary>Whether they own a project, or the server.</summary>
    bool ManagesAny { get; }
}
