namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/people/{account_id}</c>.</summary>
public sealed record PutPersonRequest
{
    /// <summary>Project; null for every project.</summary>
    public string? Project { get; init; }
    /// <summary><c>viewer</c>, <c>member</c> or <c>owner</c>.</summary>
    public string? Role { get; init; }
}
