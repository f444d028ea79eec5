using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Server.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class KeyProtectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Keys_AreFilesThatTheServersUserAloneReads()
    {
        var keys = Path.Combine(_folder, "keys");
        // As a careless restore may leave it.
        Directory.CreateDirectory(keys, (UnixFileMode)0b111_101_101);
        await using var server = new AccountServer(folder: _folder);
        await server.OwnerAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        var file = Assert.Single(Directory.GetFiles(keys));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("masterKey", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_WithACertificate_AreEncryptedAndReadAgain()
    {
        var certificate = Certificate("the file's password");
        var settings = new Dictionary<string, string> { ["Access:Certificate:Path"] = certificate, ["Access:Certificate:Password"] = "the file's password" };
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName;
        string cookie;
        await using (var server = new AccountServer(settings, folder))
        {
            await server.OwnerAsync();
            using var content = Requests.Json($$"""{"name":"ada","password":"{{AccountServer.Password}}"}""");
            using var response = await server.Browser().PostAsync("/api/v1/session", content);
            cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }
        var key = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(folder, "keys"))));
        Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal);
        await using var again = new AccountServer(settings, folder);
        var browser = again.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal("ada", await AccountServer.WhoAsync(browser));
    }

    [Theory]
    [InlineData("missing.pfx", null, "no such file")]
    [InlineData("cert.pfx", "wrong", "cannot be opened")]
    public void Certificate_ThatCannotBeUsed_IsNamedAtTheStart(string name, string? password, string words)
    {
        Certificate("right");
        var options = new AccessOptions();
        (options.Certificate.Path, options.Certificate.Password) = (Path.Combine(_folder, name), password);
        var failure = Assert.Single(new AccessOptionsValidator(new ConfigurationBuilder().Build()).Validate(null, options).Failures!);
        Assert.StartsWith("Access:Certificate:Path", failure, StringComparison.Ordinal);
        Assert.Contains(words, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure, StringComparison.Ordinal);
    }

    private string Certificate(string password)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=lossboard", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var path = Path.Combine(_folder, "cert.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        return path;
    }
}
