namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/session/provider</c>.</summary>
public sealed record ProviderSignInRequest
{
    /// <summary>Where to go afterwards: a path of this server.</summary>
    public string? Return { get; init; }
    /// <summary>Secret of the invitation that is used on the way; null without one.</summary>
    public string? Secret { get; init; }
}
