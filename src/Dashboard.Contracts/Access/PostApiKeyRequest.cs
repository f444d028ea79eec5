namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/keys</c>.</summary>
public sealed record PostApiKeyRequest
{
    /// <summary>What to call it.</summary>
    public string? Name { get; init; }
    /// <summary>Project name; null for every project.</summary>
    public string? Project { get; init; }
    /// <summary><c>write</c>, <c>read</c> or <c>worker</c>.</summary>
    public string? Role { get; init; }
    /// <summary>The time from which it is no longer valid, in seconds since the Unix epoch; null for never.</summary>
    public double? Expires { get; init; }
}
