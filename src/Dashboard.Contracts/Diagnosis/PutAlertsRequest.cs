namespace Dashboard.Contracts;

/// <summary>Body of <c>PUT /api/v1/diagnosis/alerts</c>: replaces whom findings of a project are told to.</summary>
public sealed record PutAlertsRequest
{
    /// <summary>Revision that the change was made from; 0 where there was none.</summary>
    public long? Revision { get; init; }
    /// <summary>Address that a message is posted to, http or https; null or empty for none.</summary>
    public string? WebhookUrl { get; init; }
    /// <summary>Secret that messages are signed with: absent keeps the present one, an empty text removes it.</summary>
    public string? WebhookSecret { get; init; }
    /// <summary>Addresses that mail goes to; absent or empty for none.</summary>
    public IReadOnlyList<string>? EmailTo { get; init; }
    /// <summary>Least severity that is told; absent for <c>warning</c>.</summary>
    public string? Severity { get; init; }
    /// <summary>Only these codes; absent or null for all.</summary>
    public IReadOnlyList<string>? Codes { get; init; }
    /// <summary>How sure a finding must be, from 0 to 1; absent for 0.5.</summary>
    public double? Confidence { get; init; }
}
