namespace Dashboard.Browser.Tests;

/// <summary>One browser and one server for all tests; each test has projects and a browser context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // The machine may be busy with other suites; a condition that holds at once costs none of this.
    private const float PatienceMs = 30_000;
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public LossboardServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        SetDefaultExpectTimeout(PatienceMs);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium" });
        Server = await LossboardServer.StartNewAsync();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A page in a context of its own, at desktop size unless told otherwise.</summary>
    public async Task<WatchedPage> OpenAsync(string address, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, bool mayBeRefused = false)
    {
        var context = await Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        context.SetDefaultTimeout(PatienceMs);
        return await WatchedPage.OpenAsync(context, address, mayBeRefused);
    }
}
