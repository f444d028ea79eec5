using System.Net;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses access options that make no sense or leave the server open, naming each by its configuration key.</summary>
internal sealed class AccessOptionsValidator(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    private const int LeastOwnerKey = 32;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var failures = new List<string>();
        if (options.Mode == AccessMode.Local && Listening.Foreign(configuration) is { } url)
            failures.Add($"{AccessOptions.Section}:{nameof(options.Mode)} is Local, but '{url}' can be reached from other machines. Use http://localhost:PORT, or Accounts.");
        if (options.PublicUrl is not null && !(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0))
            failures.Add($"{AccessOptions.Section}:{nameof(options.PublicUrl)} must be an address as https://lossboard.example.org, not '{options.PublicUrl}'.");
        foreach (var proxy in options.Proxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                failures.Add($"{AccessOptions.Section}:{nameof(options.Proxies)}: '{proxy}' is neither an address nor a network as 10.0.0.0/8.");
        }
        if (options.AuditDays is < 1 or > 36_500)
            failures.Add($"{AccessOptions.Section}:{nameof(options.AuditDays)} must be from 1 to 36500.");
        if (KeyProtection.Fault(options.Certificate) is { } fault)
            failures.Add($"{AccessOptions.Section}:{nameof(options.Certificate)}:{nameof(KeyCertificateOptions.Path)} '{options.Certificate.Path}': {fault}.");
        CheckProvider(options.Oidc, failures);
        // The key itself is never repeated.
        if (OwnerKey(options, configuration) is { } key && key.Length < LeastOwnerKey)
            failures.Add($"{AccessOptions.OwnerKeyVariable} must have at least {LeastOwnerKey} characters; make one with: openssl rand -hex 32");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckProvider(OidcOptions oidc, List<string> failures)
    {
        if (!oidc.IsConfigured)
            return;
        const string Section = $"{AccessOptions.Section}:{nameof(AccessOptions.Oidc)}";
        if (!Uri.TryCreate(oidc.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == "https" || (authority.Scheme == "http" && authority.IsLoopback)))
            failures.Add($"{Section}:{nameof(oidc.Authority)} must be an address as https://login.example.org, not '{oidc.Authority}'.");
        if (string.IsNullOrEmpty(oidc.ClientId))
            failures.Add($"{Section}:{nameof(oidc.ClientId)} is missing: it is what the provider calls this server.");
        if (oidc.DefaultRole is not (null or "" or "viewer" or "member"))
            failures.Add($"{Section}:{nameof(oidc.DefaultRole)} must be viewer or member, not '{oidc.DefaultRole}'.");
    }

    /// <summary>The owner key, from the environment or the section; null where none is set.</summary>
    public static string? OwnerKey(AccessOptions options, IConfiguration configuration) =>
        configuration[AccessOptions.OwnerKeyVariable] is { Length: > 0 } key ? key : string.IsNullOrEmpty(options.OwnerKey) ? null : options.OwnerKey;
}
