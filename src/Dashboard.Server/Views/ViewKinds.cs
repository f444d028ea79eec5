namespace Dashboard.Server;

/// <summary>What people save.</summary>
internal static class ViewKinds
{
    /// <summary>The address of a page.</summary>
    public const string View = "view";

    /// <summary>A query for runs.</summary>
    public const string Query = "query";

    /// <summary>Notes, and pages between them.</summary>
    public const string Report = "report";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [View, Query, Report];
}
