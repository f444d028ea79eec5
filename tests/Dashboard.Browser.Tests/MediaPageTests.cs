using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class MediaPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Images_OfTwoRuns_FollowTheirSliderAndOpenLarge()
    {
        const string Project = "media/images";
        var a = await RunAsync(Project, "a");
        var b = await RunAsync(Project, "b");
        foreach (var step in new[] { 0, 10, 20 })
        {
            await PutAsync(a, $"images/val/sample/{step}.png", Png(2, (byte)step), "image", step);
            if (step < 20)
                await PutAsync(b, $"images/val/sample/{step}.png", Png(3, (byte)step), "image", step);
        }

        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("article")).ToHaveCountAsync(2);
        await Expect(Card(page, a).Locator(".panel-note")).ToContainTextAsync("step 20");
        // The other run has nothing at step 20: its newest before is shown, and said to be that.
        await Expect(Card(page, b).Locator(".panel-note")).ToContainTextAsync("step 10");
        Assert.Equal("pixelated", await Card(page, a).Locator("img").EvaluateAsync<string>("image => getComputedStyle(image).imageRendering"));

        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "Step of val/sample" });
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(Card(page, a).Locator(".panel-note")).ToContainTextAsync("step 0");
        await Expect(Card(page, b).Locator(".panel-note")).ToContainTextAsync("step 0");
        Assert.Contains("at=0%3Aval", page.Url, StringComparison.Ordinal);

        await page.Locator("#size").SelectOptionAsync("8");
        await Expect(Card(page, b).Locator("img")).ToHaveCSSAsync("width", "24px");

        await Card(page, a).Locator(".image-button").ClickAsync();
        var box = page.Locator("dialog.lightbox");
        await Expect(box).ToBeVisibleAsync();
        await Expect(box.Locator("h2")).ToHaveTextAsync("val/sample · a");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(box.Locator("p")).ToContainTextAsync("step 10");
        var other = await Card(page, b).EvaluateAsync<bool>("(b, a) => Boolean(b.compareDocumentPosition(document.querySelector(`article[data-run='${a}']`)) & Node.DOCUMENT_POSITION_FOLLOWING)", a);
        await page.Keyboard.PressAsync(other ? "ArrowUp" : "ArrowDown");
        await Expect(box.Locator("h2")).ToHaveTextAsync("val/sample · b");
        await page.WaitForFunctionAsync("() => document.querySelector('.lightbox img').naturalWidth === 3");
        await page.Keyboard.PressAsync("Escape");
        await Expect(box).ToBeHiddenAsync();
        await Expect(Card(page, a).Locator(".panel-note")).ToContainTextAsync("step 10");
    }

    [Fact]
    public async Task NewVersionsAndDeletions_ReachAnOpenPage()
    {
        const string Project = "media/live";
        await using var watched = await OpenAsync(Project);
        var page = watched.Page;
        await Expect(page.Locator("#media-no-runs")).ToBeVisibleAsync();
        await Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        var run = await RunAsync(Project, "r");
        await Expect(page.Locator("#media-none-image")).ToBeVisibleAsync();
        await PutAsync(run, "images/x/1.png", Png(2, 1), "image", 1);
        await Expect(Card(page, run).Locator("img")).ToBeVisibleAsync();

        await using var files = await browser.OpenAsync($"{Address(Project)}&kind=file");
        await Expect(files.Page.Locator(".files-table tbody tr[data-name]")).ToHaveCountAsync(1);
        await files.Page.GetByRole(AriaRole.Button, new() { Name = "Delete images/x/1.png" }).ClickAsync();
        await Expect(files.Page.Locator("dialog.dialog[open]")).ToContainTextAsync("images/x/1.png will be removed");
        await files.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await files.Page.GetByRole(AriaRole.Button, new() { Name = "Delete images/x/1.png" }).ClickAsync();
        await files.Page.Locator("dialog[open] .button.danger").ClickAsync();
        await Expect(files.Page.Locator("#media-none-file")).ToBeVisibleAsync();
        await Expect(page.Locator("#media-none-image")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task HostileContent_StaysText()
    {
        const string Project = "media/hostile";
        var markdown = "# Title\n<script>window.hacked=1</script><img src=x onerror=window.hacked=1>\n[go](javascript:window.hacked=1) [ok](https://example.org/)\n\n![spy](https://example.org/spy.png)\n\n| a |\n|---|\n| <b>x</b> |";
        var run = (await Server.PostAsync("api/v1/events", new { project = Project, run = "r", events = new[] { new { type = "text", tag = "<b>notes</b>", step = 0, text = markdown } } }))["run_id"]!.GetValue<string>();
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><script>parent.hacked=1</script><foreignObject width='10' height='10'><body xmlns='http://www.w3.org/1999/xhtml' onload='parent.hacked=1'/></foreignObject><rect width='40' height='20' fill='teal'/></svg>";
        await PutAsync(run, "figures/drawing/1.svg", Encoding.UTF8.GetBytes(svg), "file", 1);
        await PutAsync(run, "figures/bars/1.plotly.json", """{"data":[{"type":"bar","y":[1,3,2],"name":"<a href='javascript:1'>x</a>"}],"layout":{"images":[{"source":"https://example.org/spy.png"}]}}"""u8.ToArray(), "file", 1);
        await PutAsync(run, "figures/map/1.plotly.json", """{"data":[{"type":"scattergeo"}]}"""u8.ToArray(), "file", 1);
        await PutAsync(run, "images/broken/1.png", "<html><script>1</script>"u8.ToArray(), "image", 1);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&kind=text");
        var page = watched.Page;
        var foreign = new List<string>();
        page.Request += (_, request) => { if (request.Url.Contains("example.org", StringComparison.Ordinal)) foreign.Add(request.Url); };

        var text = page.Locator(".markdown");
        await Expect(text.GetByRole(AriaRole.Heading, new() { Name = "Title" })).ToBeVisibleAsync();
        await Expect(text).ToContainTextAsync("<script>window.hacked=1</script><img src=x onerror=window.hacked=1>");
        await Expect(text.Locator("script, img, b")).ToHaveCountAsync(0);
        await Expect(text.Locator("a")).ToHaveCountAsync(1);
        await Expect(text.Locator("a")).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        await Expect(page.Locator(".row-title")).ToHaveTextAsync("<b>notes</b>");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Figures" }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('[data-tag=drawing] img')?.naturalWidth === 40");
        await Expect(page.Locator("article[data-tag='map']")).ToContainTextAsync("Traces of the kind “scattergeo” are not drawn here");
        await Expect(page.Locator("article[data-tag='bars'] .barlayer .point").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "Images" }).ClickAsync();
        await Expect(page.Locator("article[data-tag='broken']")).ToContainTextAsync("This is no picture that the browser can show");
        Assert.False(await page.EvaluateAsync<bool>("() => 'hacked' in window"));
        Assert.Empty(foreign);
    }

    [Fact]
    public async Task Table_OfManyRows_SortsFiltersAndHoldsFewElements()
    {
        const string Project = "media/tables";
        var run = await RunAsync(Project, "r");
        var csv = "name,loss\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i},{i * 7919 % 20_000}\n")));
        await PutAsync(run, "results/all.csv", Encoding.UTF8.GetBytes(csv), "file", null);
        await PutAsync(run, "tables/wrong/1.json", "{\"a\":1}"u8.ToArray(), "file", 1);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&kind=table");
        var page = watched.Page;
        var card = page.Locator("article[data-tag='results/all.csv']");
        await Expect(card.Locator(".table-tools")).ToContainTextAsync("20,000 rows");
        Assert.InRange(await card.Locator("tbody tr").CountAsync(), 5, 120);
        await card.GetByRole(AriaRole.Button, new() { Name = "loss" }).ClickAsync();
        await Expect(card.Locator("tbody tr td").Nth(1)).ToHaveTextAsync("0");
        await card.GetByRole(AriaRole.Button, new() { Name = "loss" }).ClickAsync();
        await Expect(card.Locator("tbody tr td").Nth(1)).ToHaveTextAsync("19999");
        await card.GetByRole(AriaRole.Searchbox).FillAsync("f1999");
        await Expect(card.Locator(".table-tools")).ToContainTextAsync("11 of 20,000 rows");
        await Expect(page.Locator("article[data-tag='wrong']")).ToContainTextAsync("JSON must be a list of records");
    }

    [Fact]
    public async Task Sound_IsPlayable_AndFilesAreListedWithAllTheirVersions()
    {
        const string Project = "media/sound";
        var run = await RunAsync(Project, "r");
        await PutAsync(run, "audio/tone/5.wav", Wav(8000), "file", 5);
        await PutAsync(run, "checkpoints/a.safetensors", [1, 2, 3], "checkpoint", 1);
        await PutAsync(run, "checkpoints/a.safetensors", [1, 2, 3, 4], "checkpoint", 2);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&kind=audio");
        var page = watched.Page;
        await page.WaitForFunctionAsync("() => document.querySelector('article audio')?.duration === 1");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Checkpoints" }).ClickAsync();
        var row = page.Locator(".files-table tbody tr[data-name]");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("2 versions");
        await Expect(row.Locator(".file-size")).ToHaveTextAsync("4 B");
        var download = await page.RunAndWaitForDownloadAsync(() => row.GetByRole(AriaRole.Link).ClickAsync());
        Assert.Equal("a.safetensors", download.SuggestedFilename);
        Assert.Equal([1, 2, 3, 4], await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    [Fact]
    public async Task Picture_WhoseRequestFails_CanBeTriedAgain()
    {
        const string Project = "media/network";
        var run = await RunAsync(Project, "r");
        await PutAsync(run, "images/x/1.png", Png(2, 1), "image", 1);
        await using var watched = await browser.OpenAsync($"{Address(Project)}&kind=file");
        watched.MayLoseServer = true;
        var page = watched.Page;
        await page.RouteAsync("**/artifacts/images/**", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Images" }).ClickAsync();
        await Expect(Card(page, run)).ToContainTextAsync("the server did not send it");
        await page.UnrouteAllAsync();
        await Card(page, run).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Card(page, run).Locator("img")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_OnAPhone_FitsForEveryKind()
    {
        const string Project = "media/phone";
        var run = await RunAsync(Project, "a run of a long name that never ends and goes on and on");
        var name = new string('n', 120);
        await PutAsync(run, $"images/{name}/1.png", Png(40, 1), "image", 1);
        await PutAsync(run, $"{name}.csv", "a,b,c,d,e,f,g\n1,2,3,4,5,6,7777777777777777"u8.ToArray(), "file", null);
        await Server.PostAsync("api/v1/events", new { project = Project, run = "a run of a long name that never ends and goes on and on", events = new[] { new { type = "text", tag = name, step = 0, text = $"{name}\n\n```\n{name}\n```" } } });
        await using var watched = await browser.OpenAsync(Address(Project), width: 390, height: 844, scheme: ColorScheme.Dark);
        var page = watched.Page;
        await Expect(page.Locator("article img")).ToBeVisibleAsync();
        foreach (var kind in new[] { "image", "text", "table", "file" })
        {
            await page.Locator($"[data-kind='{kind}']").ClickAsync();
            await Expect(page.Locator(kind == "file" ? ".files-table tbody tr[data-name]" : "article .viewer > *").First).ToBeVisibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('.split-main').scrollWidth <= innerWidth"), $"{kind} is wider than the phone.");
        }
    }

    private Task<WatchedPage> OpenAsync(string project) => browser.OpenAsync(Address(project));

    private string Address(string project) => $"{Server.Address}media?project={Uri.EscapeDataString(project)}";

    private static ILocator Card(IPage page, string run) => page.Locator($"article[data-run='{run}']");

    private async Task<string> RunAsync(string project, string run) =>
        (await Server.PostAsync("api/v1/events", new { project, run, events = Array.Empty<object>() }))["run_id"]!.GetValue<string>();

    private async Task PutAsync(string run, string name, byte[] bytes, string type, long? step)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Server.Address}api/v1/runs/{run}/artifacts/{Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("Artifact-Type", type);
        if (step is { } at)
            request.Headers.Add("Artifact-Step", at.ToString(CultureInfo.InvariantCulture));
        using var answer = await client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A grey PNG of so many pixels squared.</summary>
    internal static byte[] Png(int size, byte tone)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", [0, 0, 0, (byte)size, 0, 0, 0, (byte)size, 8, 0, 0, 0, 0]);
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < size; row++)
                packed.Write([0, .. Enumerable.Repeat(tone, size)]);
        }

        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string kind, byte[] body)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. body];
        var crc = 0xFFFFFFFFu;
        foreach (var one in named)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }

        file.Write(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(body.Length)));
        file.Write(named);
        file.Write(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder((int)~crc)));
    }

    /// <summary>One second of silence, 8 bits a sample.</summary>
    private static byte[] Wav(int rate)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + rate);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(rate);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(rate);
        writer.Write(Enumerable.Repeat((byte)128, rate).ToArray());
        return file.ToArray();
    }
}
