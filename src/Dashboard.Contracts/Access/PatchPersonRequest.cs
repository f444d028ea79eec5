namespace Dashboard.Contracts;

/// <summary>Body of <c>PATCH /api/v1/people/{account_id}</c>.</summary>
public sealed record PatchPersonRequest
{
    /// <summary>Whether it may sign in no longer.</summary>
    public bool? Disabled { get; init; }
}
