namespace Dashboard.Contracts;

/// <summary>A share link as the project's members see it; never its secret.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Project">Project name.</param>
/// <param name="Title">What its maker called it; may be empty.</param>
/// <param name="View">The page that it opens, from the server's root.</param>
/// <param name="RunIds">The runs that it shows.</param>
/// <param name="Tags">The tags that it shows; null for all.</param>
/// <param name="Password">Whether it asks for a password.</param>
/// <param name="EmbedOrigins">Origins whose pages may show it in a frame.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Expires">Seconds since the Unix epoch; null for never.</param>
/// <param name="Expired">Whether that is over.</param>
/// <param name="Powerless">Whether it shows nothing because its maker may no longer share here.</param>
/// <param name="Opened">How often it was opened.</param>
/// <param name="LastOpened">Seconds since the Unix epoch; null where nobody has.</param>
/// <param name="Revocable">Whether who asks may revoke it.</param>
public sealed record ShareLinkView(
    string Id, string Project, string Title, string View, IReadOnlyList<string> RunIds, IReadOnlyList<string>? Tags, bool Password, IReadOnlyList<string> EmbedOrigins,
    string CreatedBy, double Created, double? Expires, bool Expired, bool Powerless, long Opened, double? LastOpened, bool Revocable);
