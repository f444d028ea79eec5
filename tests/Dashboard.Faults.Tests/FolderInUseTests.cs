namespace Dashboard.Faults.Tests;

public sealed class FolderInUseTests
{
    [Fact]
    public async Task Start_OnAFolderInUse_EndsInWordsAndLeavesTheFirstServerAlone()
    {
        using var folder = new TempFolder();
        var writer = new Writer(new BatchSource(1, "p", "r", "job").Next, "r");
        await using var first = await ServerProcess.StartAsync(folder.Data);
        await writer.SendAsync(first.Http, first.Address, 5);

        await using var second = ServerProcess.Launch(folder.Data);
        var code = await second.ExitAsync(TimeSpan.FromSeconds(60));

        Assert.NotEqual(0, code);
        Assert.Contains(folder.Data, second.Log, StringComparison.Ordinal);
        Assert.Contains("another server", second.Log, StringComparison.Ordinal);
        // A person reads this: words, no stack trace.
        Assert.DoesNotContain("   at ", second.Log, StringComparison.Ordinal);
        await writer.SendAsync(first.Http, first.Address, 5);
        await LedgerCheck.AssertAsync(first.Http, "p", [writer]);
    }

    [Fact]
    public async Task Start_OnAPortInUse_EndsInWords()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        await using var first = await ServerProcess.StartAsync(folder.Data);

        await using var second = ServerProcess.Launch(other.Data, "--port", first.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var code = await second.ExitAsync(TimeSpan.FromSeconds(60));

        Assert.NotEqual(0, code);
        Assert.Contains("in use", second.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Log, StringComparison.Ordinal);
    }
}
