namespace Dashboard.Contracts;

/// <summary>What an invitation offers.</summary>
/// <param name="Project">Project that it invites to; null for every project.</param>
/// <param name="Role"><c>viewer</c>, <c>member</c> or <c>owner</c>.</param>
/// <param name="Account">Name of the account that it lets choose a new password; null where it makes one.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Expires">Seconds since the Unix epoch.</param>
public sealed record InvitationOffer(string? Project, string Role, string? Account, string CreatedBy, double Expires);
