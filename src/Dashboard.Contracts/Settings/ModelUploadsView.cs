namespace Dashboard.Contracts;

/// <summary>Who may upload models to a project.</summary>
/// <param name="Project">Project name.</param>
/// <param name="Uploads"><c>owners</c> (what a project begins with) or <c>members</c>.</param>
/// <param name="Allowed">Whether the caller may; on a server without accounts everybody may, whatever is set.</param>
/// <param name="Revision">Counts changes; 0 where nothing was ever saved. A change names the revision it was made from.</param>
public sealed record ModelUploadsView(string Project, string Uploads, bool Allowed, long Revision);
