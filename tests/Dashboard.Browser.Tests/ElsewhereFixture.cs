namespace Dashboard.Browser.Tests;

/// <summary>A server with accounts, and a second browser: somebody else's, on another machine for all that the first one knows.</summary>
public sealed class ElsewhereFixture : IAsyncLifetime
{
    public const string OwnerKey = "a-key-of-the-owner-for-tests-0123456789abcdef";
    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public LossboardServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await LossboardServer.StartNewAsync(OwnerKey);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium" });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        await Server.DisposeAsync();
    }
}
