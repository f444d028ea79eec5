namespace Dashboard.Web;

/// <summary>The pages that a share link can show: those that are about runs alone, and a report of them.</summary>
public static class SharedSections
{
    /// <summary>The page of reports, of which a link shows the one that its view names.</summary>
    public const string Reports = "reports";

    // Where tags can be told apart; other pages are about a run as a whole.
    private static readonly string[] OfTags = ["scalars", "distributions", "media"];

    /// <summary>All of them, in the order of the rail.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "runs", "diagnosis", Reports, "scalars", "distributions", "media", "hyperparameters", "scatter", "predictions", "samples", "projections", "gradients", "weights", "features", "landscapes", "curvature",
        "timeline", "checkpoints", "compare",
    ];

    /// <summary>Those that the rail offers beside the view itself.</summary>
    /// <param name="view">The section of the view.</param>
    /// <param name="allTags">Whether the link shows all tags of its runs.</param>
    public static IReadOnlyList<string> Beside(string view, bool allTags) =>
        [.. All.Where(section => section == view || (section is not ("compare" or Reports) && (allTags || OfTags.Contains(section))))];

    /// <summary>Those that a link shows in the blocks of a report.</summary>
    /// <param name="allTags">Whether the link shows all tags of its runs.</param>
    public static IReadOnlyList<string> InReport(bool allTags) => [.. All.Where(section => section != Reports && (allTags || OfTags.Contains(section)))];

    /// <summary>The section of a view's address, as <c>scalars</c> of <c>/scalars?project=p</c>.</summary>
    public static string Of(string view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.TrimStart('/').Split('?', '#', '/')[0];
    }
}
