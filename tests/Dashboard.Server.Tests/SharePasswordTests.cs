namespace Dashboard.Server.Tests;

public sealed class SharePasswordTests
{
    private const string Password = "correct horse";

    [Fact]
    public async Task Open_WithAPassword_AsksForItAndLimitsTries()
    {
        var host = new SharingHost();
        await host.InitializeAsync();
        var (_, secret) = await host.MakeAsync(password: Password);
        Assert.Contains("password_required", await host.RefusedAsync(secret, 401), StringComparison.Ordinal);
        // A right one takes nothing away from the tries.
        (await host.OpenAsync(secret, Password)).Client.Dispose();
        for (var i = 0; i < ShareTries.MostOfAddress; i++)
            Assert.Contains("wrong_password", await host.RefusedAsync(secret, 401, "wrong horse"), StringComparison.Ordinal);
        Assert.Contains("too_many_tries", await host.RefusedAsync(secret, 429, Password), StringComparison.Ordinal);
        host.Clock.Pass(ShareTries.Window);
        (await host.OpenAsync(secret, Password)).Client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public void Tries_OfALinkFromManyAddresses_AreLimitedToo()
    {
        var clock = new SharingHost.StoodClock();
        var tries = new ShareTries(clock);
        for (var i = 0; i < ShareTries.MostOfLink; i++)
        {
            Assert.Null(tries.WaitForLink("link", $"10.0.0.{i}"));
            tries.Begin("link", $"10.0.0.{i}");
        }
        Assert.Equal(ShareTries.Window, tries.WaitForLink("link", "10.1.1.1"));
        Assert.Null(tries.WaitForLink("another", "10.0.0.1"));
    }

    [Fact]
    public void Tries_OfUnknownSecrets_AreLimitedByAddressAlone()
    {
        var clock = new SharingHost.StoodClock();
        var tries = new ShareTries(clock);
        for (var i = 0; i < ShareTries.MostUnknown; i++)
            tries.Unknown("10.0.0.1");
        Assert.NotNull(tries.WaitForUnknown("10.0.0.1"));
        Assert.Null(tries.WaitForUnknown("10.0.0.2"));
        // Somebody with the secret opens the link all the same.
        Assert.Null(tries.WaitForLink("link", "10.0.0.1"));
        clock.Pass(ShareTries.Window);
        Assert.Null(tries.WaitForUnknown("10.0.0.1"));
    }
}
