namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/session</c>.</summary>
public sealed record SignInRequest
{
    /// <summary>Name of the account.</summary>
    public string? Name { get; init; }
    /// <summary>Its password.</summary>
    public string? Password { get; init; }
}
