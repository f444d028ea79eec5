using System.Text.Json;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>A share link of a report reads that report, without addresses of what the link does not show, and nothing else that is saved.</summary>
public sealed class ReportLinkTests(SharingHost host) : IClassFixture<SharingHost>
{
    private const string Blocks = """
        [{"type":"note","text":"# Said","note":"of nobody"},{"type":"page","path":"scalars?project=p&card=loss","title":"Loss","width":"half","height":"small"},{"type":"page","path":"/gradients?project=p","title":"Gradients"},
         {"type":"page","path":"jobs?project=p&job=hidden","title":"Queue"},{"type":"page","path":"scalars?project=other&card=hidden","title":"Theirs"},{"type":"page","path":"scalars?project=p&project=other"},
         {"type":"page","path":"reports?project=p&report=hidden"},{"type":"page","path":"https://hidden.example/scalars?project=p"},{"type":"page","path":7},"hidden",{"type":"note","text":7}]
        """;

    [Fact]
    public async Task Link_OfAReport_ReadsItWithoutWhatItDoesNotShow()
    {
        var report = await SaveAsync("report", $$"""{"blocks":{{Blocks}},"draft":"hidden"}""");
        using var client = await OpenAsync(report);

        var read = await client.GetAsync($"/api/v1/views/{report}", 200);

        Assert.Equal((report, "p", "report", "Saved"), (read.Text("id"), read.Text("project"), read.Text("kind"), read.Text("name")));
        Assert.DoesNotContain("hidden", read.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("other", read.GetRawText(), StringComparison.Ordinal);
        var blocks = read.GetProperty("body").GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal("""{"type":"note","text":"# Said"}""", blocks[0].GetRawText());
        Assert.Equal("""{"type":"page","title":"Loss","width":"half","height":"small","path":"scalars?project=p&card=loss"}""", JsonSerializer.Serialize(blocks[1], Relaxed));
        Assert.Equal(["scalars?project=p&card=loss", "gradients?project=p", null, null, null, null, null, null], blocks.Where(block => block.Text("type") == "page").Select(block => block.Text("path")));
        Assert.Equal("""{"type":"note"}""", blocks[^1].GetRawText());
        // Whoever is of the project reads it as it was saved.
        using var member = host.As("ann read p");
        Assert.Contains("hidden", (await member.GetAsync($"/api/v1/views/{report}", 200)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkOfATag_OfAReport_ReadsPagesOfTagsAlone()
    {
        var report = await SaveAsync("report", $$"""{"blocks":{{Blocks}}}""");
        using var client = await OpenAsync(report, tags: ["loss"]);

        var read = await client.GetAsync($"/api/v1/views/{report}", 200);

        Assert.Equal("scalars?project=p&card=loss", Assert.Single(read.GetProperty("body").GetProperty("blocks").EnumerateArray(), block => block.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String).Text("path"));
    }

    [Fact]
    public async Task Link_OfAReport_ReadsNothingElseThatIsSaved()
    {
        var report = await SaveAsync("report");
        var beside = await SaveAsync("report");
        var view = await SaveAsync("view");
        var theirs = await SaveAsync("report", project: "other");
        using var client = await OpenAsync(report);

        var unknown = await AnswerAsync(client, new string('0', report.Length));

        Assert.StartsWith("404 ", unknown, StringComparison.Ordinal);
        foreach (var id in (string[])[beside, view, theirs])
            Assert.Equal(unknown, await AnswerAsync(client, id));
        await client.GetAsync("/api/v1/views?project=p", 403);
        await client.GetAsync("/api/v1/views?project=p&kind=report", 403);
        await client.SendAsync(HttpMethod.Put, $"/api/v1/views/{report}", """{"name":"Mine","body":{},"version":1}""", 403);
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/views/{report}", null, 403);
    }

    [Fact]
    public async Task Link_OfAnotherPage_ReadsNoReportThatItNames()
    {
        var report = await SaveAsync("report");
        using var ofAPage = await OpenAsync(view: $"/scalars?project=p&report={report}");
        Assert.Equal(await AnswerAsync(ofAPage, new string('0', report.Length)), await AnswerAsync(ofAPage, report));

        // No link is made for a saved view; one that is in the store all the same reads none.
        var view = await SaveAsync("view");
        var made = (await host.Server.Services.GetRequiredService<ShareLinks>().MakeAsync(
            new ShareLinkInfo("", "p", "", [host.Run], null, $"/reports?project=p&report={view}", null, [], null, "ann", 0, null, null, null, 0), 100))!.Value;
        var (ofAView, _) = await host.OpenAsync(made.Secret);
        Assert.Equal(await AnswerAsync(ofAView, new string('0', view.Length)), await AnswerAsync(ofAView, view));
        ofAView.Dispose();
    }

    [Fact]
    public async Task Report_ChangedAndDeleted_IsReadAsItIsNow()
    {
        var report = await SaveAsync("report");
        using var client = await OpenAsync(report);
        using var ann = host.As("ann write p");
        await ann.SendAsync(HttpMethod.Put, $"/api/v1/views/{report}", """{"name":"Second","body":{"blocks":[{"type":"note","text":"later"}]},"version":1}""", 200);
        var read = await client.GetAsync($"/api/v1/views/{report}", 200);
        Assert.Equal(("Second", "later"), (read.Text("name"), read.GetProperty("body").GetProperty("blocks")[0].Text("text")));

        await ann.SendAsync(HttpMethod.Delete, $"/api/v1/views/{report}", null, 204);
        Assert.Equal(await AnswerAsync(client, new string('0', report.Length)), await AnswerAsync(client, report));
    }

    [Fact]
    public async Task Link_Revoked_ReadsItsReportNoMore()
    {
        var report = await SaveAsync("report");
        var (id, secret) = await host.MakeAsync(view: $"/reports?project=p&report={report}");
        var (client, _) = await host.OpenAsync(secret);
        await client.GetAsync($"/api/v1/views/{report}", 200);
        using (var owner = host.As("olga manage p"))
            await owner.SendAsync(HttpMethod.Delete, $"/api/v1/share-links/{id}", null, 204);

        using var nobody = host.As(null);
        Assert.StartsWith("401 ", await AnswerAsync(client, report), StringComparison.Ordinal);
        Assert.Equal(await AnswerAsync(nobody, report), await AnswerAsync(client, report));
        client.Dispose();
    }

    [Theory]
    [InlineData("/reports?project=p", "no_such_report")]
    [InlineData("/reports?project=p&report=", "no_such_report")]
    [InlineData("/reports?project=p&report=0000", "no_such_report")]
    [InlineData("/reports?project=p&report=VIEW", "no_such_report")]
    [InlineData("/reports?project=p&report=THEIRS", "no_such_report")]
    [InlineData("/reports?project=p&report=REPORT&report=0000", "no_such_report")]
    [InlineData("/reports?project=other&report=THEIRS", "other_project")]
    public async Task Post_WithoutAReportOfTheProject_Is422AtTheView(string view, string code)
    {
        var body = $$"""{"project":"p","run_ids":["{{host.Run}}"],"view":"{{view}}"}""".Replace("REPORT", await SaveAsync("report"), StringComparison.Ordinal)
            .Replace("VIEW", await SaveAsync("view"), StringComparison.Ordinal).Replace("THEIRS", await SaveAsync("report", project: "other"), StringComparison.Ordinal);
        using var ann = host.As("ann write p");
        Assert.Equal(code, (await ann.SendAsync(HttpMethod.Post, "/api/v1/share-links", body, 422)).ErrorCode("/view"));
    }

    [Fact]
    public async Task Embed_OfAReport_LetsItsBlocksStandInThePageOfTheReport()
    {
        var report = await SaveAsync("report");
        var (id, secret) = await host.MakeAsync(origins: ["https://wiki.example.org"], view: $"/reports?project=p&report={report}");
        var (client, _) = await host.OpenAsync(secret, embed: true);
        foreach (var page in new[] { $"/reports?project=p&report={report}&embed=1&share={id}", $"/scalars?project=p&embed=1&share={id}" })
            Assert.EndsWith("frame-ancestors 'self' https://wiki.example.org", await PolicyAsync(client, page), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors https://wiki.example.org", await PolicyAsync(client, $"/embed/{id}"), StringComparison.Ordinal);
        client.Dispose();
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task<string> SaveAsync(string kind, string body = """{"blocks":[]}""", string project = "p")
    {
        using var writer = host.As($"ann write {project}");
        return (await writer.SendAsync(HttpMethod.Post, "/api/v1/views", $$"""{"project":"{{project}}","kind":"{{kind}}","name":"Saved","body":{{body}}}""", 201)).Text("id")!;
    }

    private Task<HttpClient> OpenAsync(string report, string[]? tags = null) => OpenAsync(tags, $"/reports?project=p&report={report}");

    private async Task<HttpClient> OpenAsync(string[]? tags = null, string view = "") => (await host.OpenAsync((await host.MakeAsync(tags: tags, view: view)).Secret)).Client;

    // Without what differs between any two requests, and the id, which is echoed.
    private static async Task<string> AnswerAsync(HttpClient client, string id)
    {
        using var response = await client.GetAsync($"/api/v1/views/{id}");
        var text = await response.Content.ReadAsStringAsync();
        var request = JsonDocument.Parse(text).RootElement.Text("request_id");
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {text.Replace(id, "ID", StringComparison.Ordinal).Replace(request ?? "-", "REQUEST", StringComparison.Ordinal)}";
    }

    private static async Task<string> PolicyAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.SendAsync(request);
        Assert.False(answer.Headers.Contains("X-Frame-Options"));
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }
}
