namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/share-links</c>.</summary>
public sealed record PostShareLinkRequest
{
    /// <summary>Project name.</summary>
    public string? Project { get; init; }
    /// <summary>Ids of the runs that it shows; all of them of the project.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Tags that it shows; null for all tags of the runs.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>The page that it opens: path and query from the server's root, as <c>/scalars?project=…</c>.</summary>
    public string? View { get; init; }
    /// <summary>When it ends, seconds since the Unix epoch; null for never.</summary>
    public double? Expires { get; init; }
    /// <summary>What has to be typed to open it; null for nothing.</summary>
    public string? Password { get; init; }
    /// <summary>A name for it; may be empty.</summary>
    public string? Title { get; init; }
    /// <summary>Origins whose pages may show it in a frame, as <c>https://wiki.example.org</c>; null or empty for none.</summary>
    public IReadOnlyList<string>? EmbedOrigins { get; init; }
}
