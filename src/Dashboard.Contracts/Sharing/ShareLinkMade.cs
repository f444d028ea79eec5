namespace Dashboard.Contracts;

/// <summary>A new share link. The secret is in no other answer.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Url">The link, with its secret in the fragment.</param>
/// <param name="EmbedUrl">The address for a frame on one of the link's origins, with the secret in the fragment; null where it has none.</param>
public sealed record ShareLinkMade(string Id, string Url, string? EmbedUrl);
