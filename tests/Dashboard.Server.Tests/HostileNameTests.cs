using System.Globalization;
using System.Net.Http.Headers;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Dashboard.Server.Tests;

/// <summary>What people and jobs name and upload is shown, downloaded, exported and logged as what it is: text and bytes.</summary>
public sealed class HostileNameTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    private async Task<string> RunAsync(string name) =>
        (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", new { project = "hostile", run = name }, 201)).Text("id")!;

    private async Task PutAsync(string run, string name, string content, string type)
    {
        using var body = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{Uri.EscapeDataString(name)}") { Content = body };
        request.Headers.Add("Artifact-Type", type);
        using var response = await _client.SendAsync(request);
        await response.ReadAsync(201);
    }

    [Theory]
    [InlineData("page.html", "<!doctype html><script>alert(1)</script>")]
    [InlineData("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("picture.png", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("code.js", "alert(1)")]
    [InlineData("page.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>")]
    [InlineData("both.gif", " GIF89a<script>alert(1)</script>")]
    [InlineData("frame.pdf", "%PDF-1.4 /JavaScript")]
    public async Task Artifact_ThatCouldRun_IsSavedAndNeverShown(string name, string content)
    {
        var run = await RunAsync("content of " + name);
        foreach (var type in new[] { "image", "file" })
        {
            await PutAsync(run, name, content, type);
            using var response = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/{name}");
            Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.ToString());
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
        }
    }

    [Theory]
    [InlineData("a\"; filename=\"evil.html")]
    [InlineData("a;b=c,d")]
    [InlineData("x\u202Egnp.html")]
    [InlineData("名前 <b>.bin")]
    [InlineData("%0d%0aSet-Cookie: a=b")]
    [InlineData("'; drop table runs; --")]
    [InlineData("${jndi:ldap:x}")]
    public async Task Artifact_OfAnyName_IsOneHeaderAndKeepsItsName(string name)
    {
        var run = await RunAsync("name " + name);
        await PutAsync(run, name, "bytes", "file");

        using var response = await _client.GetAsync($"/api/v1/runs/{run}/artifacts/{Uri.EscapeDataString(name)}");

        var header = response.Content.Headers.GetValues("Content-Disposition").Single();
        Assert.StartsWith("attachment; filename=", header, StringComparison.Ordinal);
        Assert.All(header, character => Assert.InRange(character, ' ', '~'));
        // What a browser takes: the extended form, which says every character.
        Assert.Equal(name, ContentDispositionHeaderValue.Parse(header).FileNameStar);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var listed = await _client.GetAsync($"/api/v1/runs/{run}/artifacts", 200);
        Assert.Equal(name, listed.GetProperty("items")[0].Text("name"));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nSet-Cookie: x")]
    [InlineData("a\u0000b")]
    [InlineData("a\u001b[2Jb")]
    [InlineData("a\u0085b")]
    public async Task Name_WithAControlCharacter_IsRefused(string name)
    {
        using var run = await _client.PutAsync("/api/v1/runs", System.Net.Http.Json.JsonContent.Create(new { project = "hostile", run = name }));
        await run.ReadAsync(422);
        using var project = await _client.PutAsync("/api/v1/runs", System.Net.Http.Json.JsonContent.Create(new { project = name, run = "r" }));
        await project.ReadAsync(422);
    }

    [Fact]
    public async Task Configuration_WithHalfAPair_IsRefusedBeforeItIsAnybodysTrouble()
    {
        var problem = await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"hostile","run":"half","config":{"a\ud800":1}}""", 422);
        Assert.Equal("lone_surrogate", problem.ErrorCode(""));
        await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"hostile","run":"half","config":{"a":"b\udc00"}}""", 422);

        Assert.Equal("lone_surrogate", (await _client.PostEventsAsync("""{"project":"hostile","run":"half","events":[{"type":"scal\ud800r","tag":"t","step":1,"value":1}]}""", 422)).ErrorCode("/events/0"));
    }

    [Theory]
    [InlineData("/api/v1/projects")]
    [InlineData("/api/v1/runs?project=hostile")]
    [InlineData("/api/v1/runs/nobody")]
    [InlineData("/nowhere")]
    [InlineData("/js/api.js")]
    [InlineData("/")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task Answer_OfAnyKind_IsNotSniffed(string path)
    {
        using var response = await _client.GetAsync(path);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("-2.5e3", "-2.5e3")]
    [InlineData("plain", "plain")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void CsvCell_OfAFormula_IsText(string text, string cell) => Assert.Equal(cell, CsvCell.Of(text));

    [Fact]
    public void LogEntry_OfATextWithLines_IsOneLine()
    {
        var sink = new Kept();
        using (var logger = new LoggerConfiguration().Enrich.With<OneLineValues>().WriteTo.Sink(sink).CreateLogger())
            logger.Information("Retention of {Project} by {Actor} took {Count}", "a\r\n23:59:59 INF forged", "b\u001b[2J\u2028c\u202E", 3);

        Assert.Equal("a\uFFFD\uFFFD23:59:59 INF forged b\uFFFD[2J\uFFFDc\uFFFD 3", sink.Text);
    }

    private sealed class Kept : ILogEventSink
    {
        public string Text { get; private set; } = "";

        public void Emit(LogEvent logEvent) => Text = string.Join(' ', new[] { "Project", "Actor", "Count" }.Select(name => string.Format(CultureInfo.InvariantCulture, "{0}", ((ScalarValue)logEvent.Properties[name]).Value)));
    }
}
