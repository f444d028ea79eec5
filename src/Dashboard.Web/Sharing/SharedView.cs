namespace Dashboard.Web;

/// <summary>What somebody sees who has nothing but share links.</summary>
/// <param name="LinkIds">Ids of the links, which the page asks about: when one of them ends, the page goes dark.</param>
/// <param name="Project">The project that the links are of.</param>
/// <param name="Title">What their makers called them.</param>
/// <param name="View">The view of the first of them, from the server's root.</param>
/// <param name="AllTags">Whether all tags of the runs are shown.</param>
public sealed record SharedView(IReadOnlyList<string> LinkIds, string Project, string Title, string View, bool AllTags);
