namespace Dashboard.Storage.Tests;

public sealed class SettingsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Write_FromTheRevisionRead_IsKeptOverARestart()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", (1, 1));
        Assert.Null(await store.Settings.FindAsync("p", "retention", None));

        var first = (await store.Settings.WriteAsync("p", "retention", """{"a":1}""", 0, None))!;
        var second = (await store.Settings.WriteAsync("p", "retention", """{"a":2}""", first.Revision, None))!;
        await store.ReopenAsync();

        Assert.Equal((1, 2), (first.Revision, second.Revision));
        Assert.Equal(second, await store.Settings.FindAsync("p", "retention", None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Write_FromAnotherRevision_ThrowsAndChangesNothing(long revision)
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", (1, 1));
        var written = await store.Settings.WriteAsync("p", "diagnosis", "{}", 0, None);

        await Assert.ThrowsAsync<SettingChangedException>(() => store.Settings.WriteAsync("p", "diagnosis", """{"a":2}""", revision, None));

        Assert.Equal(written, await store.Settings.FindAsync("p", "diagnosis", None));
    }

    [Fact]
    public async Task List_OfAProjectOrAName_HasNoOthers()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", (1, 1));
        await store.Runs.PutAsync("other", "r", new RunChange(), None);
        await store.Settings.WriteAsync("p", "b", "{}", 0, None);
        await store.Settings.WriteAsync("p", "a", "{}", 0, None);
        await store.Settings.WriteAsync("other", "a", "{}", 0, None);

        Assert.Null(await store.Settings.WriteAsync("nobody", "a", "{}", 0, None));
        Assert.Equal(["a", "b"], (await store.Settings.ListAsync("p", None)).Select(one => one.Name));
        Assert.Equal(["other", "p"], (await store.Settings.ListNamedAsync("a", None)).Select(one => one.Project));
    }
}
