namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/session/password</c>.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The present password.</summary>
    public string? Current { get; init; }
    /// <summary>The new one.</summary>
    public string? Password { get; init; }
}
