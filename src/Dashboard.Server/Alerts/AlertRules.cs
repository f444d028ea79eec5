using System.Text.Json.Serialization;

namespace Dashboard.Server;

/// <summary>Whom findings of a project are told to, as it is stored.</summary>
internal sealed record AlertRules
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "alerts";

    /// <summary>Rules of a project that has none: nobody is told.</summary>
    public static AlertRules None { get; } = new();

    public string? WebhookUrl { get; init; }
    public string? WebhookSecret { get; init; }
    public IReadOnlyList<string> EmailTo { get; init; } = [];
    public string Severity { get; init; } = "warning";
    public IReadOnlyList<string>? Codes { get; init; }
    public double Confidence { get; init; } = 0.5;

    /// <summary>Whether anybody is told.</summary>
    [JsonIgnore]
    public bool Any => WebhookUrl is not null || EmailTo.Count > 0;

    /// <summary>Channels that are in use.</summary>
    [JsonIgnore]
    public IEnumerable<string> Channels
    {
        get
        {
            if (WebhookUrl is not null)
                yield return AlertChannels.Webhook;
            if (EmailTo.Count > 0)
                yield return AlertChannels.Email;
        }
    }
}
