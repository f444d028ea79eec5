namespace Dashboard.Server;

/// <summary>The certificate that encrypts the keys which seal sessions; <c>Access:Certificate</c>.</summary>
internal sealed class KeyCertificateOptions
{
    /// <summary>A PKCS #12 file with its private key; null for none.</summary>
    public string? Path { get; set; }

    /// <summary>Its password. Best given as the environment variable <c>Access__Certificate__Password</c>.</summary>
    public string? Password { get; set; }
}
