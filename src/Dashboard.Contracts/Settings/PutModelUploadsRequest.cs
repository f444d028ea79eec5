namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/settings/models</c>.</summary>
public sealed record PutModelUploadsRequest
{
    /// <summary><c>owners</c> or <c>members</c>.</summary>
    public string? Uploads { get; init; }
    /// <summary>The revision that the change was made from; absent: whatever it is now.</summary>
    public long? Revision { get; init; }
}
