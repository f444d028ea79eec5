namespace Dashboard.Contracts;

/// <summary>An invitation that waits to be used.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Project">Project that it invites to; null for every project.</param>
/// <param name="Role"><c>viewer</c>, <c>member</c> or <c>owner</c>.</param>
/// <param name="Account">Name of the account that it lets choose a new password; null where it makes one.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Expires">Seconds since the Unix epoch.</param>
/// <param name="Url">Its link, in the answer to whoever made it and never again.</param>
public sealed record InvitationView(string Id, string? Project, string Role, string? Account, string CreatedBy, double Created, double Expires, string? Url);
