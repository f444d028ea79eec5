namespace Dashboard.Storage.Tests;

public sealed class RecoveryTests
{
    [Fact]
    public async Task Kill_BetweenSlicesOfASeal_LosesAndDoublesNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        var runId = "";
        // About three megabytes of noise in chunks: several slices.
        var random = new Random(3);
        for (var tag = 0; tag < 40; tag++)
            runId = (await store.PushAsync("r", $"t/{tag}", [.. Enumerable.Range(0, 10_000).Select(i => ((long)i, random.NextDouble()))])).RunId;
        var folders = new List<string>();
        var sealing = store.SealAsync();
        // Each copy is taken on the writer's thread, between two groups: another moment of the seal.
        while (!sealing.IsCompleted && folders.Count < 6) await store.Engine.Writer.CommandAsync(_ => 0, (_, _) => folders.Add(store.CopyFolder()));
        await sealing;

        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            await using var killed = await StoreHost.OpenAsync(folder);
            for (var tag = 0; tag < 40; tag++) Assert.Equal(10_000, (await killed.ReadAsync(runId, $"t/{tag}"))!.Total);
        }
    }

    [Fact]
    public async Task Full_Disk_RefusesWritesGoesOnReadingAndResumes()
    {
        await using var store = await StoreHost.OpenAsync();
        var receipt = await store.PushAsync("r", "loss", (1, 1));
        // SQLite's own page cap fails a write exactly as a full disk does.
        await LimitPagesAsync(store, 1);

        var large = new IngestBatch { Project = "p", Run = "r", Records = [new RecordBlock(RecordKind.Text, "t", 1, 1, new byte[100_000])] };
        await Assert.ThrowsAsync<StoreFullException>(() => store.PushAsync(large));

        Assert.Equal(StorageState.Full, store.Health.State);
        Assert.Equal(1, (await store.ReadAsync(receipt.RunId, "loss"))!.Total);
        Assert.Empty((await store.Series.ReadRecordsAsync(receipt.RunId, RecordKind.Text, null, null, CancellationToken.None))!);
        await LimitPagesAsync(store, 1_000_000);
        var resumed = await store.PushAsync(large);
        Assert.Equal(StorageState.Ready, store.Health.State);
        Assert.True(resumed.Seq > receipt.Seq);
        Assert.Single((await store.Series.ReadRecordsAsync(receipt.RunId, RecordKind.Text, null, null, CancellationToken.None))!);
    }

    [Fact]
    public async Task Open_FolderInUse_IsRefusedInWords()
    {
        await using var store = await StoreHost.OpenAsync();

        var refusal = await Assert.ThrowsAsync<StoreStoppedException>(() => StoreHost.OpenAsync(store.Folder));

        Assert.Contains("another server", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MigrationLockLeftByAKill_IsTakenOver()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.Engine.Writer.CommandAsync(session =>
        {
            // As a kill in the middle of the first migration leaves it: the lock is held and the history is empty.
            StoreDatabase.Run(session.Connection, """INSERT OR REPLACE INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2020-01-01')""");
            foreach (var table in Tables(session)) StoreDatabase.Run(session.Connection, $"DROP TABLE \"{table}\"");
            StoreDatabase.Run(session.Connection, """DELETE FROM "__EFMigrationsHistory" """);
            return 0;
        });

        await store.ReopenAsync();

        Assert.Equal(1, (await store.PushAsync("r", "loss", (1, 1))).Accepted);
    }

    [Fact]
    public async Task Open_FolderOfALaterVersion_IsRefusedInWords()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.Engine.Writer.CommandAsync(session =>
        {
            StoreDatabase.Run(session.Connection, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0')""");
            return 0;
        });
        var copy = store.CopyFolder();

        var refusal = await Assert.ThrowsAsync<StoreStoppedException>(() => StoreHost.OpenAsync(copy));

        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task Seq_AfterSealAndRestart_GoesOnRising()
    {
        await using var store = await StoreHost.OpenAsync();
        var first = await store.PushAsync("r", "loss", (1, 1));
        await store.SealAsync();
        await store.ReopenAsync();

        Assert.Equal(first.Seq, store.Health.Read()["last_seq"]);
        Assert.True((await store.PushAsync("r", "loss", (2, 2))).Seq > first.Seq);
    }

    private static List<string> Tables(WriterSession session)
    {
        using var select = new Statement(session.Connection, """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\_\_EF%' ESCAPE '\' """, 0);
        using var rows = select.Read();
        var tables = new List<string>();
        while (rows.Read()) tables.Add(rows.GetString(0));
        return tables;
    }

    private static Task LimitPagesAsync(StoreHost store, int pages) => store.Engine.Writer.CommandAsync(session =>
    {
        StoreDatabase.Run(session.Connection, $"PRAGMA max_page_count={pages}");
        return 0;
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Folder_ThatIsNew_IsItsOwnersAlone(bool used)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var folder = Directory.CreateTempSubdirectory("lossboard-mode-").FullName;
        if (used)
        {
            await using var before = await StoreHost.OpenAsync();
            File.Copy(Path.Combine(before.CopyFolder(), "lossboard.db"), Path.Combine(folder, "lossboard.db"));
        }
        File.SetUnixFileMode(folder, everybody);

        await using var store = await StoreHost.OpenAsync(folder);

        // Of a folder that was there, its owner has decided already.
        Assert.Equal(used ? everybody : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }
}
