using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage.Tests;

public sealed class RunTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Put_NewAndKnownName_CreatesThenChanges()
    {
        await using var store = await StoreHost.OpenAsync();

        var (first, created) = await store.Runs.PutAsync("p", "a/b", new RunChange { ConfigJson = """{"lr":0.1}""", Tags = ["x"], Group = "g" }, None);
        var (second, createdAgain) = await store.Runs.PutAsync("p", "a/b", new RunChange { Status = RunStatus.Finished, Notes = "n", Group = "" }, None);

        Assert.True(created);
        Assert.False(createdAgain);
        Assert.Equal(("g", RunStatus.Running), (first.Group, first.Status));
        Assert.Equal((first.Id, null, RunStatus.Finished, "n", """{"lr":0.1}"""), (second.Id, second.Group, second.Status, second.Notes, second.ConfigJson));
        Assert.Equal(["x"], second.Tags);
    }

    [Fact]
    public async Task List_Pages_GiveEachRunOnceNewestFirst()
    {
        await using var store = await StoreHost.OpenAsync();
        for (var i = 0; i < 7; i++) await store.Runs.PutAsync("p", $"run-{i}", new RunChange(), None);
        await store.Runs.PutAsync("q", "elsewhere", new RunChange(), None);

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await store.Runs.ListAsync(new RunQuery("p", Limit: 3, Cursor: cursor), None);
            names.AddRange(page.Items.Select(run => run.Name));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"run-{i}"), names);
        await Assert.ThrowsAsync<ArgumentException>(() => store.Runs.ListAsync(new RunQuery("p", Cursor: "nonsense"), None));
    }

    [Fact]
    public async Task Change_NameOfAnotherRun_IsRefusedAndFreeNameTakesLaterPushes()
    {
        await using var store = await StoreHost.OpenAsync();
        var id = (await store.PushAsync("a", "loss", (1, 1))).RunId;
        await store.PushAsync("b", "loss", (1, 1));

        await Assert.ThrowsAsync<RunNameTakenException>(() => store.Runs.ChangeAsync(id, new RunChange { Name = "b" }, None));
        await store.Runs.ChangeAsync(id, new RunChange { Name = "c" }, None);

        Assert.Equal(id, (await store.PushAsync("c", "loss", (2, 2))).RunId);
        Assert.NotEqual(id, (await store.PushAsync("a", "loss", (2, 2))).RunId);
    }

    [Fact]
    public async Task Trash_HidesARunAndGivesItBack()
    {
        await using var store = await StoreHost.OpenAsync();
        var id = (await store.PushAsync("a", "loss", (1, 1))).RunId;

        await store.Runs.ChangeAsync(id, new RunChange { Trashed = true }, None);
        Assert.Empty((await store.Runs.ListAsync(new RunQuery("p"), None)).Items);
        Assert.Equal(id, (await store.Runs.ListAsync(new RunQuery("p", Trash: true), None)).Items.Single().Id);
        Assert.Equal(0, (await store.Runs.ListProjectsAsync(None)).Single().Runs);

        await store.Runs.ChangeAsync(id, new RunChange { Trashed = false }, None);
        Assert.Equal(id, (await store.Runs.ListAsync(new RunQuery("p"), None)).Items.Single().Id);
    }

    [Fact]
    public async Task Remove_WithUnsealedAndSealedPoints_LeavesNothingAndFreesTheName()
    {
        await using var store = await StoreHost.OpenAsync();
        var id = (await store.PushAsync("a", "loss", (1, 1))).RunId;
        await store.SealAsync();
        await store.PushAsync("a", "loss", (2, 2));
        var artifact = await store.Artifacts.PutAsync(id, "f", "file", null, ArtifactOrigin.Unknown, new MemoryStream([1, 2, 3]), None);
        var path = (await store.Artifacts.FindAsync(id, "f", null, null, None))!.Value.Path;

        Assert.True(await store.Runs.RemoveAsync(id, None));

        Assert.NotNull(artifact);
        Assert.False(File.Exists(path));
        Assert.Null(await store.Runs.FindAsync(id, None));
        Assert.Null(await store.ReadAsync(id, "loss"));
        Assert.False(await store.Runs.RemoveAsync(id, None));
        var again = await store.PushAsync("a", "loss", (9, 9));
        Assert.NotEqual(id, again.RunId);
        await store.SealAsync();
        await store.ReopenAsync();
        Assert.Equal(new long[] { 9 }, (await store.ReadAsync(again.RunId, "loss"))!.Steps);
    }

    [Fact]
    public void Model_MatchesItsMigrations()
    {
        using var context = new StorageContextDesignFactory().CreateDbContext([]);

        Assert.False(context.Database.HasPendingModelChanges(), "The model changed: add a migration (CONTRIBUTING.md).");
    }
}
