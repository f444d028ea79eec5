namespace Dashboard.Server;

/// <summary>How messages about runs leave this server; the <c>Alerts</c> section of appsettings.json.</summary>
internal sealed class AlertOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Alerts";

    /// <summary>This server's address as a reader of a message would open it; null: <see cref="AccessOptions.PublicUrl"/>, and where that is null too, messages hold no link.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>
    /// Where webhooks may go: <c>any</c>, <c>public</c> (no loopback, link-local or private address, also after the name is looked up) or <c>none</c>. Null: any on a machine of
    /// one's own, whose chat bridge may listen on loopback; public with accounts, where others set a project's webhook, to keep them from reaching what only the server can.
    /// </summary>
    public string? Webhooks { get; set; }

    /// <summary>Seconds that a receiver may take.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>Tries of a message before it is given up; the pauses between them double from RetrySeconds to an hour.</summary>
    public int Attempts { get; set; } = 8;

    /// <summary>Seconds before the second try.</summary>
    public double RetrySeconds { get; set; } = 10;

    /// <summary>Mail server's name; null for no mail.</summary>
    public string? SmtpHost { get; set; }

    /// <summary>Mail server's port.</summary>
    public int SmtpPort { get; set; } = 587;

    /// <summary>Whether the connection to the mail server must be encrypted (STARTTLS).</summary>
    public bool SmtpTls { get; set; } = true;

    /// <summary>Name to log in with; null for none.</summary>
    public string? SmtpUser { get; set; }

    /// <summary>Password to log in with; best given as the environment variable <c>Alerts__SmtpPassword</c>.</summary>
    public string? SmtpPassword { get; set; }

    /// <summary>Sender of mails.</summary>
    public string? SmtpFrom { get; set; }
}
