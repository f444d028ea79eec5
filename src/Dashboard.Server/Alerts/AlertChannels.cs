namespace Dashboard.Server;

/// <summary>Ways that a message goes; the names are stored.</summary>
internal static class AlertChannels
{
    public const string Webhook = "webhook";
    public const string Email = "email";

    public static IReadOnlyList<string> All { get; } = [Webhook, Email];
}
