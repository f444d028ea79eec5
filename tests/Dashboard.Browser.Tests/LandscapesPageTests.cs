using System.Text.Json;
using static Dashboard.Browser.Tests.LandscapePictures;

namespace Dashboard.Browser.Tests;

[Collection(BrowserSuite.Name)]
public sealed class LandscapesPageTests(BrowserFixture browser)
{
    private LossboardServer Server => browser.Server;

    [Fact]
    public async Task Plane_WithAPath_LinksContourSurfaceAndCurve()
    {
        const string Project = "landscapes/plane";
        var run = await PushAsync(Project, "plane", Grids.Plane(21, 21, Bowl, path: true));
        await Server.PushAsync(Project, "run", "train/loss", Enumerable.Range(0, 50).Select(step => step * 10L), step => Math.Exp(-step / 100.0));
        await using var watched = await browser.OpenAsync(Address(Project), height: 1300);
        var page = watched.Page;
        await DrawnAsync(page, "contour");
        await DrawnAsync(page, "surface");
        Assert.Contains($"artifact={run}", page.Url, StringComparison.Ordinal);
        foreach (var kind in new[] { "contour", "surface" })
            Assert.True(await ColouredAsync(page, kind), $"The {kind} is blank.");

        // Under the middle of the contour lies the origin, and the surface shows the same point.
        await page.Locator("[data-kind=contour] .landscape-plot").HoverAsync();
        await Expect(page.Locator(".line-tip")).ToContainTextAsync("Loss");
        await PictureAsync(page, "surface", "picture.overlay.cursor !== null && Math.abs(picture.overlay.cursor.x) < 0.3");

        await page.Locator(".walk-slider input").FillAsync("1");
        await Expect(page.Locator(".walk-words")).ToHaveTextAsync("Checkpoint 2 of 5 · step 100 · name epoch-1 · its own loss 0.75 · the slice's loss below it 0.25 · distance from the slice 0.5");
        await PictureAsync(page, "contour", "picture.overlay.step === 1");
        await PictureAsync(page, "surface", "picture.overlay.step === 1");
        await page.WaitForURLAsync(url => url.Contains("point=1", StringComparison.Ordinal));

        // Along the curve the marker goes to the checkpoint that is nearest in steps.
        await page.WaitForFunctionAsync("() => document.querySelector('.walk-plot')?.lossboardChart?.state().runs.length === 1");
        var plot = (await page.Locator(".walk-plot .u-over").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(plot.X + plot.Width * 0.6f, plot.Y + 20);
        await PictureAsync(page, "surface", "picture.overlay.step === 3");
        await Expect(page.Locator(".walk-words")).ToContainTextAsync("step 300");
    }

    [Fact]
    public async Task EveryControl_ChangesThePicture_AndALinkShowsItAgain()
    {
        const string Project = "landscapes/link";
        await PushAsync(Project, "plane", Grids.Plane(21, 11, Bowl, path: true, validation: true));
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await DrawnAsync(page, "surface");
        await page.Locator("#landscape-batch").SelectOptionAsync("both");
        await Expect(page.Locator(".landscape-card")).ToHaveCountAsync(4);
        await page.Locator("#landscape-quantity").SelectOptionAsync("accuracy");
        await PictureAsync(page, "contour", "picture.model.field.quantity === 'accuracy' && picture.model.scale.high <= 1");
        await page.Locator("#landscape-quantity").SelectOptionAsync("loss");
        await page.Locator("#landscape-log").CheckAsync();
        await page.Locator("#landscape-clip").FillAsync("60");
        await page.Locator("#landscape-levels").FillAsync("20");
        await page.Locator("#landscape-filled").UncheckAsync();
        await page.Locator("#landscape-ramp").SelectOptionAsync("sand");
        await Expect(page.Locator("[data-kind=contour] .landscape-note").First).ToContainTextAsync("clipped at");
        // Waits until the picture no longer moves: the note above it has just come.
        await page.Locator("[data-kind=surface] .landscape-plot").First.HoverAsync(new() { Position = new() { X = 200, Y = 200 } });
        var surface = (await page.Locator("[data-kind=surface] .landscape-plot").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(surface.X + 200, surface.Y + 200);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(surface.X + 260, surface.Y + 230, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync(url => url.Contains("camera=", StringComparison.Ordinal));
        const string Shown = """
            () => [...document.querySelectorAll('.landscape-plot')].map(({ lossboardLandscape: { kind, model } }) =>
              JSON.stringify([kind, model.camera, model.levels, model.filled, model.scale.low, model.scale.high, model.scale.log, model.ramp[10], model.field.batch]))
            """;
        // Drawn with the camera that the mouse left it with, which is the address's, and not with one on the way there.
        await page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll('.landscape-plot')].every(({ lossboardLandscape: { model } }) =>
              Math.abs(model.camera.azimuth - Number(new URL(location.href).searchParams.get('camera').split(',')[0])) < 0.051)
            """);
        await page.WaitForFunctionAsync("() => document.querySelector('.landscape-plot').lossboardLandscape.model.filled === false");
        var shown = await page.EvaluateAsync<string[]>(Shown);

        await using var second = await browser.OpenAsync(page.Url);
        await DrawnAsync(second.Page, "surface");
        Assert.Equal(shown, await second.Page.EvaluateAsync<string[]>(Shown));

        // The difference has a scale of its own, the same on both sides of zero.
        await page.Locator("#landscape-batch").SelectOptionAsync("difference");
        await PictureAsync(page, "contour", "picture.model.field.batch === 'difference' && picture.model.scale.low === -picture.model.scale.high && !picture.model.scale.log");
        await page.GoBackAsync();
        await Expect(page.Locator("#landscape-batch")).ToHaveValueAsync("both");
    }

    [Fact]
    public async Task PointsThatAreNotFinite_AreHoles()
    {
        const string Project = "landscapes/holes";
        await PushAsync(Project, "corner", Grids.Plane(11, 11, (x, y) => x > 0.3 && y > 0.3 ? double.NaN : x < -0.9 && y < -0.9 ? double.PositiveInfinity : x * x + y * y));
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await DrawnAsync(page, "contour");
        await Expect(page.Locator("[data-kind=contour] .landscape-note")).ToContainTextAsync("not finite: 17 points");
        await PictureAsync(page, "contour", "Number.isFinite(picture.model.scale.high) && Number.isNaN(picture.model.field.at(0.8, 0.8))");
        var box = (await page.Locator("[data-kind=contour] .landscape-plot").BoundingBoxAsync())!;
        // A little inside the upper right corner of the plot area, which ends left of the bar.
        await page.Mouse.MoveAsync(box.X + box.Width - 74 - 12, box.Y + 40);
        await Expect(page.Locator(".line-tip")).ToContainTextAsync("NaN");
    }

    [Fact]
    public async Task Line_BetweenTwoModels_ShowsAccuracyAndItsBarrier()
    {
        const string Project = "landscapes/line";
        var x = Enumerable.Range(0, 11).Select(i => i / 10.0).ToArray();
        await PushAsync(Project, "between", new { x, loss = new[] { x.Select(at => 1 + at + 4 * at * (1 - at)).ToArray() }, accuracy = new[] { x.Select(at => 1 - at * (1 - at)).ToArray() }, barrier = 1.0 });
        await using var watched = await browser.OpenAsync(Address(Project));
        var page = watched.Page;
        await DrawnAsync(page, "line");
        // 4·x·(1 − x) rises 1 above the chord, in the middle.
        await PictureAsync(page, "line", "Math.abs(picture.model.barrier.x - 0.5) < 1e-9 && Math.abs(picture.model.barrier.to - picture.model.barrier.from - 1) < 1e-9 && picture.model.right.high === 1");
        Assert.True(await ColouredAsync(page, "line"));
        await Expect(page.Locator("#landscape-words")).ToContainTextAsync("Between the ends the loss rises 1 above the straight line");
        await Expect(page.Locator("#landscape-levels")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task TwoLandscapes_HaveOneScale_OneCameraAndOneCrossHair()
    {
        const string Project = "landscapes/compare";
        var run = await PushAsync(Project, "low", Grids.Plane(9, 9, (x, y) => x * x + y * y));
        await PushAsync(Project, "high", Grids.Plane(9, 9, (x, y) => 3 + x - y));
        await using var watched = await browser.OpenAsync($"{Address(Project)}&artifact={run}/low");
        var page = watched.Page;
        await DrawnAsync(page, "surface");
        await page.GetByLabel("Compare with").SelectOptionAsync($"artifact:{run}/high");
        await Expect(page.Locator("[data-kind=surface]")).ToHaveCountAsync(2);
        await page.Locator("[data-kind=surface] .landscape-plot").Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.WaitForFunctionAsync("""
            () => {
              const models = [...document.querySelectorAll('.landscape-plot')].map((plot) => plot.lossboardLandscape.model);
              return models.length === 4 && models.every((model) => model.scale.low === 0 && model.scale.high === models[0].scale.high && model.scale.high > 2 && model.camera.azimuth === -56);
            }
            """);
        await page.Locator("[data-kind=contour] .landscape-plot").First.HoverAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.landscape-plot')].every((plot) => plot.lossboardLandscape.overlay.cursor !== null)");
        await Expect(page.Locator(".line-tip")).ToContainTextAsync("high · Loss");
        Assert.Contains("with=artifact", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_HoldWhatIsDrawn()
    {
        const string Project = "landscapes/export";
        await PushAsync(Project, "plane", Grids.Plane(5, 4, Bowl, path: true));
        await using var watched = await browser.OpenAsync($"{Address(Project)}&view=surface");
        var page = watched.Page;
        await DrawnAsync(page, "surface");
        var csv = await File.ReadAllLinesAsync(await SavedAsync(page, "csv"));
        Assert.Equal("x,y,loss,accuracy", csv[0]);
        Assert.Equal(21, csv.Length);
        Assert.Equal("-1,-1,2,0.5", csv[1]);
        var path = await File.ReadAllLinesAsync(await SavedAsync(page, "path"));
        Assert.Equal("number,name,step,x,y,loss,validation_loss,plane_loss,residual", path[0]);
        Assert.StartsWith("1,epoch-0,0,-1,0,", path[1], StringComparison.Ordinal);
        var vtk = await File.ReadAllTextAsync(await SavedAsync(page, "vtk"));
        Assert.StartsWith("# vtk DataFile Version 3.0\nplane\nASCII\nDATASET RECTILINEAR_GRID\nDIMENSIONS 5 4 1\n", vtk, StringComparison.Ordinal);
        var svg = await File.ReadAllTextAsync(await SavedAsync(page, "svg"));
        // 4 × 3 faces at the least, as shapes and not as pixels.
        Assert.True(svg.Split("<path").Length > 12 && !svg.Contains("<image", StringComparison.Ordinal));
        var png = await File.ReadAllBytesAsync(await SavedAsync(page, "png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        var film = await File.ReadAllBytesAsync(await SavedAsync(page, "film"));
        // EBML, which is how WebM begins; six seconds of pictures are more than a header.
        Assert.Equal([0x1A, 0x45, 0xDF, 0xA3], film[..4]);
        Assert.True(film.Length > 20_000, $"The film has {film.Length} bytes.");
        await page.Locator("label:has(input[value=contour])").ClickAsync();
        await DrawnAsync(page, "contour");
        Assert.Contains("<text", await File.ReadAllTextAsync(await SavedAsync(page, "svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatIsNoLandscape_SaysWhatIsWrong()
    {
        const string Project = "landscapes/bad";
        await PushAsync(Project, "bad", new { x = new[] { 0, 1 }, y = new[] { 0, 1 }, loss = new[] { new[] { 1, 2 } } });
        await using var watched = await browser.OpenAsync(Address(Project));
        await Expect(watched.Page.Locator(".landscape-status")).ToHaveTextAsync("This file is no landscape: loss must have a row for each y and a number for each x.");
        await Expect(watched.Page.Locator("#landscape-board")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task OddGrids_AreDrawn()
    {
        const string Project = "landscapes/odd";
        var run = await PushAsync(Project, "wide", Grids.Plane(7, 4, (x, y) => x - y - 5));
        await PushAsync(Project, "flat", Grids.Plane(3, 2, (_, _) => 1));
        await PushAsync(Project, "cliff", Grids.Plane(21, 21, (x, y) => Math.Abs(x) > 0.95 ? 1e6 : x * x + y * y));
        foreach (var name in new[] { "wide", "flat", "cliff" })
        {
            await using var watched = await browser.OpenAsync($"{Address(Project)}&artifact={run}/{name}&log=1");
            await DrawnAsync(watched.Page, "contour");
            await DrawnAsync(watched.Page, "surface");
            Assert.True(await ColouredAsync(watched.Page, "contour"), $"{name} is blank.");
            if (name == "cliff")
                await PictureAsync(watched.Page, "contour", "picture.model.scale.high < 10 && picture.model.clipped === 42");
        }
    }

    [Fact]
    public async Task LargeGrid_IsDrawnInTime()
    {
        const string Project = "landscapes/speed";
        await PushAsync(Project, "large", Grids.Plane(101, 101, (x, y) => Math.Log(1 + 50 * (x * x + 0.3 * y * y)) + 0.4 * Math.Sin(9 * x) * Math.Sin(7 * y)));
        await using var watched = await browser.OpenAsync(Address(Project));
        await DrawnAsync(watched.Page, "surface");
        // The best of five: other suites share the machine. The script of a drawing, which must leave the page fluent.
        var took = await watched.Page.EvaluateAsync<double[]>("""
            async () => {
              const pictures = [...document.querySelectorAll('.landscape-plot')].map((plot) => plot.lossboardLandscape);
              const best = pictures.map(() => Infinity);
              for (let i = 0; i < 5; i++) {
                // Another object for the field: the same one would not be drawn again.
                for (const picture of pictures) picture.show({ ...picture.model, levels: [...picture.model.levels] });
                await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
                pictures.forEach((picture, at) => { best[at] = Math.min(best[at], picture.drawMs); });
              }
              return best;
            }
            """);
        Assert.All(took, ms => Assert.True(ms < 100, $"{ms:0} ms for 101 × 101 points."));
    }

    [Fact]
    public async Task Page_OnAPhone_FitsAndWorksByKeyboard()
    {
        const string Project = "landscapes/phone";
        await PushAsync(Project, "another-landscape-of-a-name-that-is-too-long-for-any-phone-to-show", Grids.Plane(5, 5, Bowl));
        await PushAsync(Project, "a landscape of a long name that never ends and goes on".Replace(' ', '-'), Grids.Plane(11, 11, Bowl, path: true, validation: true));
        await using var watched = await browser.OpenAsync(Address(Project), width: 390, height: 844, scheme: ColorScheme.Dark);
        var page = watched.Page;
        await DrawnAsync(page, "contour");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('.split-main').scrollWidth <= innerWidth && [...document.querySelectorAll('.landscape-head select')].every((select) => select.getBoundingClientRect().right <= innerWidth)"), "The page is wider than the phone.");
        await page.Locator("#landscape-options-open").ClickAsync();
        await Expect(page.Locator("#landscape-levels")).ToBeVisibleAsync();
        await page.Locator("#landscape-list-open").ClickAsync();
        await Expect(page.Locator("#landscape-aside .landscape-item").First).ToBeVisibleAsync();
        await page.Locator("#landscape-list-close").ClickAsync();
        var contour = page.Locator("[data-kind=contour] .landscape-plot");
        await contour.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#landscape-spoken")).ToContainTextAsync("0.2, 0. First batch · Loss: 0.04");
        await page.Keyboard.PressAsync(".");
        await PictureAsync(page, "contour", "picture.overlay.step === 0");
        await page.Locator("[data-kind=surface] .landscape-plot").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.WaitForURLAsync(url => url.Contains("camera=-50%2C40%2C1", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("0");
        await page.WaitForURLAsync(url => !url.Contains("camera=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Embedded_ShowsThePicturesAlone()
    {
        const string Project = "landscapes/embed";
        await PushAsync(Project, "plane", Grids.Plane(5, 5, Bowl));
        await using var watched = await browser.OpenAsync($"{Address(Project)}&embed=1", width: 700, height: 500);
        await DrawnAsync(watched.Page, "contour");
        await Expect(watched.Page.Locator("#landscape-aside")).ToBeHiddenAsync();
        await Expect(watched.Page.Locator("#landscape-controls")).ToBeHiddenAsync();
    }

    private static double Bowl(double x, double y) => x * x + y * y;

    private async Task<string> PushAsync(string project, string name, object landscape)
    {
        var run = (await Server.PostAsync("api/v1/events", new { project, run = "run", events = new[] { new { type = "scalar", tag = "val/accuracy", step = 0, value = 0.5 } } }))["run_id"]!.GetValue<string>();
        await Server.PutArtifactAsync(run, name, "landscape", JsonSerializer.SerializeToUtf8Bytes(landscape, Grids.Json));
        return run;
    }

    private static async Task<string> SavedAsync(IPage page, string item)
    {
        await page.Locator("#landscape-head .menu summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"[data-export={item}]").ClickAsync());
        return await download.PathAsync();
    }

    private string Address(string project) => $"{Server.Address}landscapes?project={Uri.EscapeDataString(project)}";
}
