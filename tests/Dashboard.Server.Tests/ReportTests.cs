using System.Xml.Linq;

namespace Dashboard.Server.Tests;

public sealed class ReportTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private const string Hostile = "<script>alert(1)</script> [x](javascript:y) | `a` \"q\"";
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Html_OfARunWithHostileNames_HoldsThemAsTextAndNoScript()
    {
        var run = await RunAsync("html");
        using var response = await _client.GetAsync($"/api/v1/runs/{run}/report?format=html&lang=en");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        // Offline and alone: nothing is loaded from anywhere.
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.Contains("Diverging", html, StringComparison.Ordinal);
        Assert.Contains("lr", html, StringComparison.Ordinal);
        Assert.Contains("train", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_OfAFinding_DrawsItsEvidence()
    {
        var run = await RunAsync("drawn");
        var html = await _client.GetStringAsync($"/api/v1/runs/{run}/report");
        var drawings = html.Split("<svg").Skip(1).Select(part => XElement.Parse("<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])).ToList();
        Assert.Equal(2, drawings.Count);
        Assert.All(drawings, drawing => Assert.Superset(new HashSet<string> { "rect", "path", "circle", "text" }, drawing.Elements().Select(element => element.Name.LocalName).ToHashSet()));
        Assert.Contains(drawings.Elements(), element => element.Name.LocalName == "text" && element.Value == Hostile + "/loss");
    }

    [Fact]
    public async Task Markdown_OfARunWithHostileNames_EscapesThem()
    {
        var run = await RunAsync("md");
        using var response = await _client.GetAsync($"/api/v1/runs/{run}/report?format=md&lang=en&download=true");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/markdown", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](", text, StringComparison.Ordinal);
        Assert.Contains("## Findings", text, StringComparison.Ordinal);
        Assert.Contains("▁", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_InChinese_IsInChinese()
    {
        var run = await RunAsync("chinese");
        Assert.Contains("发散", await _client.GetStringAsync($"/api/v1/runs/{run}/report?format=md&lang=zh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfNothing_SaysThatThereIsNothing()
    {
        var run = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"reports","run":"empty"}""", 201)).Text("id");
        Assert.Contains("Nothing was logged yet", await _client.GetStringAsync($"/api/v1/runs/{run}/report?format=html&lang=en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfABadFormatOrNoRun_IsRefused()
    {
        Assert.Equal("invalid_parameter", (await _client.GetAsync("/api/v1/runs/x/report?format=pdf", 400)).ErrorCode("/query/format"));
        Assert.Equal("run_not_found", (await _client.GetAsync("/api/v1/runs/x/report", 404)).Text("code"));
    }

    private async Task<string> RunAsync(string project)
    {
        var run = (await _client.SendAsync(HttpMethod.Put, "/api/v1/runs", new { project, run = Hostile, config = new { lr = 0.5, note = Hostile }, notes = Hostile }, 201)).Text("id")!;
        var values = CurveEvents.Doubling();
        await _client.SendAsync(HttpMethod.Post, "/api/v1/events", new
        {
            project,
            run = Hostile,
            events = new object[]
            {
                new { type = "scalars", tag = "train/loss", steps = Enumerable.Range(0, values.Length), values },
                new { type = "scalars", tag = Hostile + "/loss", steps = Enumerable.Range(0, values.Length), values },
                new { type = "phase", name = Hostile, started = 100.0, ended = 160.0 },
            },
        }, 200);
        return run;
    }
}
