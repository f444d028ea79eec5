using System.Security.Cryptography.X509Certificates;
using Dashboard.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Dashboard.Server;

/// <summary>The keys that seal cookies: in the data folder, and encrypted where a certificate is given.</summary>
internal static class KeyProtection
{
    /// <summary>Name of the folder within the data folder.</summary>
    public const string Folder = "keys";

    /// <summary>Adds them.</summary>
    public static void AddKeyProtection(this WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("lossboard");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<Microsoft.Extensions.Options.IOptions<StorageOptions>>(
            (keys, storage) => keys.XmlRepository = new KeyFiles(Path.Combine(Path.GetFullPath(storage.Value.DataFolder), Folder)));
        var certificate = AccountServices.Read(builder.Configuration).Certificate;
        // One that cannot be used keeps the server from starting, with all else that is wrong.
        if (!string.IsNullOrEmpty(certificate.Path) && Fault(certificate) is null)
            protection.ProtectKeysWithCertificate(Load(certificate));
    }

    /// <summary>What is wrong with a certificate, in words; null where it can be used.</summary>
    public static string? Fault(KeyCertificateOptions options)
    {
        if (string.IsNullOrEmpty(options.Path))
            return null;
        if (!File.Exists(options.Path))
            return "there is no such file";
        try
        {
            using var certificate = Load(options);
            return certificate.HasPrivateKey ? null : "it has no private key";
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return "it cannot be opened: it must be a PKCS #12 file (.pfx, .p12), and Access:Certificate:Password its password";
        }
    }

    private static X509Certificate2 Load(KeyCertificateOptions options) => X509CertificateLoader.LoadPkcs12FromFile(options.Path!, options.Password);
}
