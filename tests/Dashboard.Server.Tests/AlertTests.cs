using Microsoft.Extensions.DependencyInjection;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Microsoft.Extensions.Options;

namespace Dashboard.Server.Tests;

public sealed class AlertTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Put_ThenGet_HasAllButTheSecret()
    {
        await ProjectAsync("settings");
        Assert.Equal(0, (await GetAsync("settings")).GetProperty("revision").GetInt64());
        await PutAsync("settings", """{"revision":0,"webhook_url":"http://127.0.0.1:9/x","webhook_secret":"hush","email_to":["a@example.org"],"severity":"critical","codes":["diverging"],"confidence":0.8}""", 200);
        var saved = await GetAsync("settings");
        Assert.Equal(1, saved.GetProperty("revision").GetInt64());
        Assert.True(saved.GetProperty("has_secret").GetBoolean());
        Assert.False(saved.GetProperty("email_available").GetBoolean());
        Assert.DoesNotContain("hush", saved.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("setting_changed", (await PutAsync("settings", """{"revision":0}""", 409)).Text("code"));
        // Absent keeps the secret, empty removes it.
        Assert.True((await PutAsync("settings", """{"revision":1,"webhook_url":"http://127.0.0.1:9/x"}""", 200)).GetProperty("has_secret").GetBoolean());
        Assert.False((await PutAsync("settings", """{"revision":2,"webhook_url":"http://127.0.0.1:9/x","webhook_secret":""}""", 200)).GetProperty("has_secret").GetBoolean());
    }

    [Theory]
    [InlineData("""{}""", "/revision", "missing")]
    [InlineData("""{"revision":0,"webhook_url":"file:///etc/passwd"}""", "/webhook_url", "invalid_url")]
    [InlineData("""{"revision":0,"webhook_url":"gopher://127.0.0.1/"}""", "/webhook_url", "invalid_url")]
    [InlineData("""{"revision":0,"webhook_url":"http://me:word@example.org/"}""", "/webhook_url", "invalid_url")]
    [InlineData("""{"revision":0,"email_to":["nobody"]}""", "/email_to/0", "invalid_address")]
    [InlineData("""{"revision":0,"email_to":["a@example.org\r\nBcc: b@example.org"]}""", "/email_to/0", "invalid_address")]
    [InlineData("""{"revision":0,"email_to":["A <a@example.org>, b@example.org"]}""", "/email_to/0", "invalid_address")]
    [InlineData("""{"revision":0,"severity":"loud"}""", "/severity", "unknown_severity")]
    [InlineData("""{"revision":0,"confidence":2}""", "/confidence", "out_of_range")]
    public async Task Put_BadBody_Is422WithAPointer(string body, string pointer, string code)
    {
        await ProjectAsync("bad");
        Assert.Equal(code, (await PutAsync("bad", body, 422)).ErrorCode(pointer));
    }

    [Fact]
    public async Task Put_ForNoProject_Is404() => Assert.Equal("project_not_found", (await PutAsync("nowhere", """{"revision":0}""", 404)).Text("code"));

    [Fact]
    public async Task Test_OfAWebhook_PostsASignedMessageAtOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await ProjectAsync("signed");
        await PutAsync("signed", $$"""{"revision":0,"webhook_url":"{{receiver.Address}}hook","webhook_secret":"hush"}""", 200);
        var answer = await TestAsync("signed", "webhook");
        Assert.True(answer.GetProperty("delivered").GetBoolean(), answer.GetRawText());
        var received = await receiver.NextAsync();
        var message = JsonDocument.Parse(received.Body).RootElement;
        Assert.Equal("test", message.Text("kind"));
        Assert.Equal(message.Text("id"), received.Headers["Lossboard-Delivery"]);
        Assert.Contains("signed", message.Text("text"), StringComparison.Ordinal);
        var parts = received.Headers["Lossboard-Signature"].Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("hush"), Encoding.UTF8.GetBytes($"{parts["t"]}.{received.Body}"));
        Assert.Equal(Convert.ToHexStringLower(expected), parts["v1"]);
    }

    [Fact]
    public async Task Test_OfAWebhookThatSendsElsewhere_DoesNotFollow()
    {
        await using var receiver = await WebhookReceiver.StartAsync(302);
        await ProjectAsync("elsewhere");
        await PutAsync("elsewhere", $$"""{"revision":0,"webhook_url":"{{receiver.Address}}"}""", 200);
        Assert.False((await TestAsync("elsewhere", "webhook")).GetProperty("delivered").GetBoolean());
        await receiver.NextAsync();
        Assert.False(receiver.HasMore);
    }

    [Fact]
    public async Task Test_WithoutAMailServer_SaysSo()
    {
        await ProjectAsync("mailless");
        await PutAsync("mailless", """{"revision":0,"email_to":["a@example.org"]}""", 200);
        var answer = await TestAsync("mailless", "email");
        Assert.False(answer.GetProperty("delivered").GetBoolean());
        Assert.Contains("Alerts:SmtpHost", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("unknown_channel", (await _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/alerts/test", """{"project":"mailless","channel":"pigeon"}""", 422)).ErrorCode("/channel"));
    }

    [Fact]
    public async Task Test_ByMail_ReachesTheMailServerWithoutForeignHeaders()
    {
        using var mail = new MailReceiver();
        await using var other = new Lossboard(new()
        {
            ["Alerts:SmtpHost"] = "127.0.0.1", ["Alerts:SmtpPort"] = mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["Alerts:SmtpTls"] = "false", ["Alerts:SmtpFrom"] = "lossboard@example.org",
        });
        using var client = other.CreateClient();
        await client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"mail","run":"r"}""", 201);
        await client.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/alerts?project=mail", """{"revision":0,"email_to":["a@example.org"]}""", 200);
        var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/alerts/test", """{"project":"mail","channel":"email"}""", 200);
        Assert.True(answer.GetProperty("delivered").GetBoolean(), answer.GetRawText());
        var (commands, text) = await mail.MailAsync();
        Assert.Contains("RCPT TO:<a@example.org>", commands, StringComparison.Ordinal);
        Assert.Contains("Subject: [Lossboard] mail / test: test", text, StringComparison.Ordinal);
        Assert.Contains("Message-ID:", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Test_OfALoopbackAddressWherePublicOnesAreAllowed_IsRefused()
    {
        await using var other = new Lossboard(new() { ["Alerts:Webhooks"] = "public" });
        using var client = other.CreateClient();
        await client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"public","run":"r"}""", 201);
        var refused = await client.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/alerts?project=public", """{"revision":0,"webhook_url":"http://169.254.169.254/latest"}""", 422);
        Assert.Equal("private_address", refused.ErrorCode("/webhook_url"));
    }

    [Fact]
    public async Task Send_ToANameOfThisMachineWherePublicOnesAreAllowed_IsStoppedWhereItConnects()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var channel = new WebhookChannel(Options.Create(new AlertOptions { Webhooks = "public" }), TimeProvider.System);
        var message = new AlertMessage("1", "test", "", "p", "", "", 0, []);
        foreach (var host in new[] { "127.0.0.1", "localhost" })
        {
            var result = await channel.SendAsync(message, new AlertRules { WebhookUrl = $"http://{host}:{receiver.Address.Port}/" }, CancellationToken.None);
            Assert.False(result.Delivered || result.Again);
            Assert.Contains("private", result.Detail, StringComparison.Ordinal);
        }
        Assert.False(receiver.HasMore);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("9.9.9.9", true)]
    [InlineData("2620:fe::fe", true)]
    public void NetworkReach_OfAnAddress_IsPublicOrNot(string address, bool expected) => Assert.Equal(expected, NetworkReach.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Finding_OfARunThatIsLoggedTo_IsToldOnceAndTriedAgainUntilItArrives()
    {
        await using var receiver = await WebhookReceiver.StartAsync(500);
        await ProjectAsync("told");
        await PutAsync("told", $$"""{"revision":0,"webhook_url":"{{receiver.Address}}"}""", 200);
        await _client.PostEventsAsync(CurveEvents.Of("told", "r1", "train/loss", CurveEvents.Doubling()));
        var refused = await receiver.NextAsync();
        var taken = await receiver.NextAsync();
        Assert.Equal(refused.Headers["Lossboard-Delivery"], taken.Headers["Lossboard-Delivery"]);
        var message = JsonDocument.Parse(taken.Body).RootElement;
        Assert.Equal("diagnosis", message.Text("kind"));
        Assert.Equal("r1", message.Text("run"));
        Assert.Equal("diverging", message.GetProperty("findings")[0].Text("code"));
        // Of another run after it something comes, of the same finding nothing in between.
        await _client.PostEventsAsync(CurveEvents.Of("told", "r1", "train/loss", [1e6, 2e6, 4e6], 120));
        await _client.PostEventsAsync(CurveEvents.Of("told", "r2", "train/loss", CurveEvents.Doubling()));
        Assert.Equal("r2", JsonDocument.Parse((await receiver.NextAsync()).Body).RootElement.Text("run"));
        var log = await _client.GetAsync("/api/v1/diagnosis/alerts/log?project=told", 200);
        Assert.Equal(["r2", "r1"], log.GetProperty("items").EnumerateArray().Select(item => item.Text("run")));
        Assert.Equal(2, log.GetProperty("items")[1].GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Message_ThatWaitsWhenTheServerStops_GoesOutAfterTheNextStartUnderTheSameId()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-").FullName;
        try
        {
            await using var receiver = await WebhookReceiver.StartAsync(503);
            string first;
            await using (var before = new Lossboard([], folder: folder))
            {
                using var client = before.CreateClient();
                await client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"durable","run":"r"}""", 201);
                await client.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/alerts?project=durable", $$"""{"revision":0,"webhook_url":"{{receiver.Address}}"}""", 200);
                await client.PostEventsAsync(CurveEvents.Of("durable", "r", "train/loss", CurveEvents.Doubling()));
                first = (await receiver.NextAsync()).Headers["Lossboard-Delivery"];
            }
            await using var after = new Lossboard([], folder: folder);
            using var again = after.CreateClient();
            Assert.Equal(first, (await receiver.NextAsync()).Headers["Lossboard-Delivery"]);
            Assert.Single((await again.GetAsync("/api/v1/diagnosis/alerts/log?project=durable", 200)).GetProperty("items").EnumerateArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task ProjectAsync(string name)
    {
        using var response = await _client.PutAsJsonAsync("/api/v1/runs", new { project = name, run = "r0" });
        response.EnsureSuccessStatusCode();
    }

    private Task<JsonElement> GetAsync(string project) => _client.GetAsync($"/api/v1/diagnosis/alerts?project={project}", 200);

    private Task<JsonElement> PutAsync(string project, string body, int expected) => _client.SendAsync(HttpMethod.Put, $"/api/v1/diagnosis/alerts?project={project}", body, expected);

    private Task<JsonElement> TestAsync(string project, string channel) => _client.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/alerts/test", new { project, channel }, 200);

    [Theory]
    [InlineData("Local", "any")]
    [InlineData("Accounts", "public")]
    public async Task Webhooks_UnlessConfigured_ReachWhatWhoeverSetsThemMay(string mode, string reach)
    {
        await using var server = new Lossboard(new() { ["Access:Mode"] = mode, ["Access:PublicUrl"] = "https://lossboard.example.org" });
        _ = server.Address;
        var options = server.Services.GetRequiredService<IOptions<AlertOptions>>().Value;

        Assert.Equal((reach, "https://lossboard.example.org"), (options.Webhooks, options.PublicUrl));
    }
}
