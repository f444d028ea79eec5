namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/invitations/open</c>, and with the secret alone of <c>/look</c>.</summary>
public sealed record OpenInvitationRequest
{
    /// <summary>What stands behind the <c>#</c> of the link.</summary>
    public string? Secret { get; init; }
    /// <summary>Name of the account to be made.</summary>
    public string? Name { get; init; }
    /// <summary>Password of the account to be made, or the new one of an account that exists.</summary>
    public string? Password { get; init; }
    /// <summary>Instead: who is signed in takes it.</summary>
    public bool Join { get; init; }
}
