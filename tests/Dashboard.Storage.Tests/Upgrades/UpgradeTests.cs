namespace Dashboard.Storage.Tests;

public sealed class UpgradeTests
{
    public static TheoryData<string> Schemas => [.. EarlierFolder.Schemas];

    [Fact]
    public void EverySchemaButTheNewest_HasAFolderThatItsServerWrote()
    {
        // The folder of the newest schema is made by this code itself, below. A migration that is added makes the one before it need a folder:
        // tests/fixtures/make_data_folders.py says how it is made.
        var earlier = SchemaUpgrade.Known().Order(StringComparer.Ordinal).SkipLast(1).Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]);

        Assert.Equal(earlier.Order(StringComparer.Ordinal), EarlierFolder.Schemas);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Open_FolderOfAnEarlierSchema_KeepsEverythingAndTakesMore(string schema)
    {
        var earlier = new EarlierFolder(schema);
        await using var store = await StoreHost.OpenAsync(earlier.Unpack());

        FolderContents.RequireSame(earlier.Expected, await FolderContents.ReadAsync(store, earlier.Expected));

        await store.SealAsync();
        FolderContents.RequireSame(earlier.Expected, await FolderContents.ReadAsync(store, earlier.Expected));
        Assert.Equal(1, (await store.PushAsync("new", "loss", (1, 1))).Accepted);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task Upgrade_KilledBetweenAnyTwoStatements_KeepsEverything(string schema)
    {
        var earlier = new EarlierFolder(schema);
        var folder = earlier.Unpack();
        var database = new StoreDatabase(Path.Combine(folder, "lossboard.db"));
        var watch = new StatementWatch(folder);
        using (var connection = database.OpenWriter())
        {
            SchemaUpgrade.Run(connection, watch);
            watch.TakeDown();
        }

        // Each migration has a statement at least, its row in the history another one, and each ends in a commit of its own.
        var migrations = SchemaUpgrade.Known().Count - EarlierSchemas(schema);
        Assert.True(watch.Statements > 2 * migrations, $"Only {watch.Statements} statements were seen.");
        Assert.True(watch.States.Count > migrations, $"Only {watch.States.Count} states were seen.");
        foreach (var state in watch.States)
        {
            var killed = earlier.Unpack();
            foreach (var (name, bytes) in state) await File.WriteAllBytesAsync(Path.Combine(killed, name), bytes);
            await using var store = await StoreHost.OpenAsync(killed);
            FolderContents.RequireSame(earlier.Expected, await FolderContents.ReadAsync(store, earlier.Expected));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Open_FolderOfTheNewestSchema_IsAsItWas()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", [.. Enumerable.Range(0, 5000).Select(step => ((long)step, 1.0 / (1 + step)))]);
        await store.SealAsync();
        await store.PushAsync("r", "loss", (4999, double.NaN), (12, -0.0));
        // A run's last sign of life is written when the store closes.
        await store.ReopenAsync();
        var before = await FolderContents.ReadAsync(store, null);

        await store.ReopenAsync();

        FolderContents.RequireSame(before, await FolderContents.ReadAsync(store, null));
    }

    [Fact]
    public void Contents_OfAChangedFolder_AreNotTheSame()
    {
        // That the comparison above can fail.
        var earlier = new EarlierFolder("Alerts").Expected;
        var (run, points) = earlier.Points.First();
        var other = earlier with { Points = new Dictionary<string, string>(earlier.Points) { [run] = points + "0" } };

        Assert.ThrowsAny<Exception>(() => FolderContents.RequireSame(earlier, other));
    }

    private static int EarlierSchemas(string schema) =>
        SchemaUpgrade.Known().Order(StringComparer.Ordinal).Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]).ToList().IndexOf(schema) + 1;
}
