using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>A share link that a browser has opened, as its cookie says and the store confirms.</summary>
/// <param name="Link">The link, which is live.</param>
/// <param name="Until">When the cookie lets go of it, seconds since the Unix epoch.</param>
/// <param name="Embedded">Whether it was opened in a frame on another site.</param>
internal sealed record OpenLink(ShareLinkInfo Link, double Until, bool Embedded);
