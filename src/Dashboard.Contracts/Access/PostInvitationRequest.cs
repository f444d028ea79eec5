namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/invitations</c>.</summary>
public sealed record PostInvitationRequest
{
    /// <summary>Project that it invites to; null for every project.</summary>
    public string? Project { get; init; }
    /// <summary><c>viewer</c>, <c>member</c> or <c>owner</c>.</summary>
    public string? Role { get; init; }
    /// <summary>Instead: the account that it lets choose a new password.</summary>
    public string? AccountId { get; init; }
    /// <summary>Days that it can be used, 1 to 30; 7 where it is not said.</summary>
    public int? Days { get; init; }
}
