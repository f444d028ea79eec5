namespace Dashboard.Server;

/// <summary>Signing in with an OpenID Connect provider; <c>Access:Oidc</c>.</summary>
internal sealed class OidcOptions
{
    /// <summary>Address of the provider, as <c>https://login.example.org/realms/lab</c>; null for none. Only https, but on this machine.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this server.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that goes with it; null for a public client. Best given as the environment variable <c>Access__Oidc__ClientSecret</c>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What its button says.</summary>
    public string Name { get; set; } = "OpenID Connect";

    /// <summary>What to ask for beside <c>openid profile email</c>.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>People whose verified e-mail address ends in one of these may come without an invitation.</summary>
    public IList<string> AllowedDomains { get; } = [];

    /// <summary>People in one of these groups may come without an invitation.</summary>
    public IList<string> AllowedGroups { get; } = [];

    /// <summary>People in one of these groups own the server.</summary>
    public IList<string> OwnerGroups { get; } = [];

    /// <summary>Claim that names a person's groups.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Role on every project of those who come without an invitation: <c>viewer</c> or <c>member</c>; null for none, until an owner gives them one.</summary>
    public string? DefaultRole { get; set; }

    /// <summary>Whether there is a provider.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(Authority);
}
