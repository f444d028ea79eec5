namespace Dashboard.Storage;

/// <summary>A link that shows one view to whoever has it.</summary>
/// <param name="Id">Opaque id; not the secret, which is not kept.</param>
/// <param name="Project">Name of the project.</param>
/// <param name="Title">A name for lists and for those who open it; may be empty.</param>
/// <param name="RunIds">The runs that it shows.</param>
/// <param name="Tags">The tags that it shows; null for all tags of the runs.</param>
/// <param name="View">The page's path with its query, from the server's root.</param>
/// <param name="PasswordHash">Salted and stretched; null where no password is asked for.</param>
/// <param name="EmbedOrigins">Origins whose pages may show it in a frame; empty where none may.</param>
/// <param name="AccountId">Id of the account that made it; null where none did.</param>
/// <param name="CreatedBy">Who made it, in words.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Expires">Seconds since the Unix epoch; null for never.</param>
/// <param name="Revoked">Seconds since the Unix epoch; null while it works.</param>
/// <param name="LastOpened">Seconds since the Unix epoch; null where nobody has.</param>
/// <param name="Opened">How often it was opened.</param>
public sealed record ShareLinkInfo(
    string Id, string Project, string Title, IReadOnlyList<string> RunIds, IReadOnlyList<string>? Tags, string View, string? PasswordHash, IReadOnlyList<string> EmbedOrigins,
    string? AccountId, string CreatedBy, double Created, double? Expires, double? Revoked, double? LastOpened, long Opened)
{
    /// <summary>Whether it still shows anything at a time, seconds since the Unix epoch.</summary>
    public bool IsLive(double now) => Revoked is null && (Expires is null || Expires > now);
}
