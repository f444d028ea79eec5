namespace Dashboard.Contracts;

/// <summary>A share link as those see it who opened it.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Project">Project name.</param>
/// <param name="Title">What its maker called it; may be empty.</param>
/// <param name="View">The page that it opens, from the server's root.</param>
/// <param name="Expires">When it ends, seconds since the Unix epoch; null for never.</param>
public sealed record OpenedShareLink(string Id, string Project, string Title, string View, double? Expires);
