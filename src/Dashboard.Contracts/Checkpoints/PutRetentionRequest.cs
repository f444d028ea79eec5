namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/retention</c>, and of <c>POST /api/v1/retention/plan</c>, where only the rules count.</summary>
public sealed record PutRetentionRequest
{
    /// <summary>Project name.</summary>
    public string? Project { get; init; }
    /// <summary>The rules, whole.</summary>
    public RetentionRules? Rules { get; init; }
    /// <summary>The revision that the change was made from.</summary>
    public long? Revision { get; init; }
}
