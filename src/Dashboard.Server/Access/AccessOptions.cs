namespace Dashboard.Server;

/// <summary>Who may use the server; the <c>Access</c> section of appsettings.json.</summary>
internal sealed class AccessOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Access";

    /// <summary>Configuration key, and environment variable, of <see cref="OwnerKey"/>.</summary>
    public const string OwnerKeyVariable = "LOSSBOARD_OWNER_KEY";

    /// <summary>Null: accounts where other machines can reach the server, else none.</summary>
    public AccessMode? Mode { get; set; }

    /// <summary>Where people reach the server, as <c>https://lossboard.example.org</c>: links that it gives out begin with this. Null: as the request came.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Names under which the server answers; empty with accounts: any. Without accounts: the names of this machine's loopback beside these.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>Addresses or networks (as <c>10.0.0.0/8</c>) of proxies in front whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed; loopback always is.</summary>
    public IList<string> Proxies { get; } = [];

    /// <summary>A key that owns the server, for a set-up without a person, at least 32 characters; from the environment, never from a file that is committed.</summary>
    public string? OwnerKey { get; set; }

    /// <summary>Days that entries of the audit log are kept for.</summary>
    public int AuditDays { get; set; } = 400;

    /// <summary>Prints a one-time link for an owner at this start although there is one: for an owner who lost the password.</summary>
    public bool OwnerLink { get; set; }

    /// <summary>Signing in with an OpenID Connect provider.</summary>
    public OidcOptions Oidc { get; } = new();

    /// <summary>What encrypts the keys that seal sessions.</summary>
    public KeyCertificateOptions Certificate { get; } = new();
}
