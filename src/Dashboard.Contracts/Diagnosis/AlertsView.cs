namespace Dashboard.Contracts;

/// <summary>Whom findings of a project are told to.</summary>
public sealed record AlertsView
{
    /// <summary>The project.</summary>
    public required string Project { get; init; }
    /// <summary>Counts the changes; 0 before the first.</summary>
    public required long Revision { get; init; }
    /// <summary>Address that a message is posted to; null for none.</summary>
    public string? WebhookUrl { get; init; }
    /// <summary>Whether messages are signed; the secret itself is never given out.</summary>
    public required bool HasSecret { get; init; }
    /// <summary>Addresses that mail goes to.</summary>
    public required IReadOnlyList<string> EmailTo { get; init; }
    /// <summary>Whether the server's configuration has a mail server (section <c>Alerts</c>).</summary>
    public required bool EmailAvailable { get; init; }
    /// <summary>Least severity that is told: <c>info</c>, <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }
    /// <summary>Only these codes; null for all.</summary>
    public IReadOnlyList<string>? Codes { get; init; }
    /// <summary>How sure a finding must be to be told, from 0 to 1.</summary>
    public required double Confidence { get; init; }
}
