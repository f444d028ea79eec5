namespace Dashboard.Server.Tests;

public sealed class OwnerLinkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task FirstStart_PrintsALinkThatMakesOneOwnerOnce()
    {
        await using var server = new AccountServer();
        Assert.StartsWith($"{server.Server.Address}invitation#", server.Terminal.Said.Split('\n').Single(line => line.Contains('#')).Trim(), StringComparison.Ordinal);
        // 256 bits as base64url.
        Assert.Equal(43, server.Terminal.Secret.Length);
        var secret = server.Terminal.Secret;
        var owner = await server.OwnerAsync();
        Assert.Equal("administer", (await owner.GetAsync("/api/v1/session", 200)).Text("everywhere"));
        var second = await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/invitations/open", new { secret, name = "eve", password = AccountServer.Password }, 404);
        Assert.Equal("invitation_gone", second.Text("code"));
    }

    [Fact]
    public async Task Link_IsInNoLogAndNotInTheDatabase()
    {
        string secret;
        await using (var server = new AccountServer(folder: _folder))
        {
            secret = server.Terminal.Secret;
            await server.OwnerAsync();
        }
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            Assert.False(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Contains(secret, StringComparison.Ordinal), file);
    }

    [Fact]
    public async Task NextStart_WithoutAnOwner_VoidsTheLinkBefore()
    {
        string first;
        await using (var server = new AccountServer(folder: _folder))
            first = server.Terminal.Secret;
        await using var again = new AccountServer(folder: _folder);
        Assert.NotEqual(first, again.Terminal.Secret);
        await again.Browser().SendAsync(HttpMethod.Post, "/api/v1/invitations/look", new { secret = first }, 404);
        await again.OwnerAsync();
    }

    [Fact]
    public async Task NextStart_WithAnOwner_PrintsNothingUnlessAsked()
    {
        await using (var server = new AccountServer(folder: _folder))
            await server.OwnerAsync();
        await using (var server = new AccountServer(folder: _folder))
            Assert.Equal("", server.Terminal.Said);
        await using var asked = new AccountServer(new() { ["Access:OwnerLink"] = "true" }, _folder);
        await asked.OwnerAsync("grace");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await AccountServer.TrySignInAsync(asked.Browser(), "ada", AccountServer.Password)).Status);
    }

    [Fact]
    public async Task FirstStart_WithAnOwnerKey_PrintsNothing()
    {
        await using var server = new AccountServer(new() { [AccessOptions.OwnerKeyVariable] = "0123456789abcdef0123456789abcdef" });
        Assert.Equal("", server.Terminal.Said);
    }

    [Fact]
    public async Task Link_AfterADay_IsGone()
    {
        await using var server = new AccountServer();
        server.Clock.Move(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await server.Browser().SendAsync(HttpMethod.Post, "/api/v1/invitations/look", new { secret = server.Terminal.Secret }, 404);
    }

    [Theory]
    [InlineData(null, "http://[::1]:6006", "http://[::1]:6006")]
    [InlineData(null, "http://localhost:6006;https://localhost:6007", "https://localhost:6007")]
    [InlineData("https://lossboard.example.org/", "http://0.0.0.0:6006", "https://lossboard.example.org")]
    public void Address_OfLinks_IsWherePeopleReachTheServer(string? configured, string listening, string expected) =>
        Assert.Equal(expected, PublicAddress.Of(new AccessOptions { PublicUrl = configured }, listening.Split(';')));

    [Fact]
    public void Address_OfEveryInterface_IsTheMachinesName() =>
        Assert.Equal($"http://{System.Net.Dns.GetHostName()}:6006", PublicAddress.Of(new AccessOptions(), ["http://0.0.0.0:6006"]));
}
