namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/share-links/open</c>.</summary>
public sealed record OpenShareLinkRequest
{
    /// <summary>What stands in the link's fragment.</summary>
    public string? Secret { get; init; }
    /// <summary>What the person typed; null at first.</summary>
    public string? Password { get; init; }
    /// <summary>Whether it is opened in a frame on another site: the cookie is then one for that site alone.</summary>
    public bool? Embed { get; init; }
}
