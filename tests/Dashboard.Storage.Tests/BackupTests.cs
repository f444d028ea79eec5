using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Dashboard.Storage.Tests;

// Modes of files are asked for, and links.
[UnsupportedOSPlatform("windows")]
public sealed class BackupTests(FilledFolder filled) : IClassFixture<FilledFolder>, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _place = Directory.CreateTempSubdirectory("lossboard-backup-").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public async Task Restore_OfAnOnlineBackup_HoldsWhatTheFolderHeld()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = await store.FillAsync();
        var key = Path.Combine(store.Folder, "keys", "key-1.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        await File.WriteAllTextAsync(key, "secret");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var manifest = new FolderBackup(TimeProvider.System).Run(store.Folder, At("one"));
        FolderRestore.Run(At("one"), At("data"));

        await using var restored = await StoreHost.OpenAsync(At("data"));
        foreach (var tag in new[] { "loss", "odd", "new" })
        {
            var (before, after) = ((await store.ReadAsync(run, tag))!, (await restored.ReadAsync(run, tag))!);
            Assert.Equal(before.Steps, after.Steps);
            Assert.Equal(before.Values.Select(BitConverter.DoubleToInt64Bits), after.Values.Select(BitConverter.DoubleToInt64Bits));
        }
        Assert.Equal(await store.Artifacts.ListAsync(run, null, null, true, None), await restored.Artifacts.ListAsync(run, null, null, true, None));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync((await restored.Artifacts.FindAsync(run, "again", null, null, None))!.Value.Path));
        var copied = Path.Combine(At("data"), "keys", "key-1.xml");
        Assert.Equal("secret", await File.ReadAllTextAsync(copied));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copied));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(At("one")) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        Assert.Equal((1, 1, 4, 2, 3, 1), (manifest.Counts.Projects, manifest.Counts.Runs, manifest.Counts.Series, manifest.Counts.Records, manifest.Counts.Artifacts, manifest.Counts.Jobs));
        Assert.Equal(store.Health.Read()["last_seq"], manifest.LastSeq);
        Assert.All(manifest.Files, file => Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(At("one"), file.Path))))));
        Assert.DoesNotContain(manifest.Files, file => file.Path is "lock" or "lossboard.db-wal");
    }

    [Fact]
    public async Task Backup_WhileOthersWrite_IsOneMomentAndStopsNobody()
    {
        await using var store = await StoreHost.OpenAsync();
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            long step = 0;
            // Two series that are always pushed together: a moment has as many points of one as of the other.
            while (!stop.IsCancellationRequested)
            {
                await store.PushAsync(new IngestBatch { Project = "p", Run = $"{writer}", Scalars = [new ScalarBlock("a", Batches.Columns((step, 1))), new ScalarBlock("b", Batches.Columns((step, 2)))] });
                step++;
            }
            return step;
        })).ToList();
        for (var turn = 0; turn < 3; turn++)
        {
            // So that the copy meets chunks that come and a log that grows.
            await store.SealAsync();
            var before = (long)store.Health.Read()["last_seq"];
            var manifest = new FolderBackup(TimeProvider.System).Run(store.Folder, At($"{turn}"));
            Assert.InRange(manifest.LastSeq, before, (long)store.Health.Read()["last_seq"]);
        }
        await stop.CancelAsync();
        var pushed = await Task.WhenAll(writers);

        FolderRestore.Run(At("2"), At("data"));
        Assert.Equal(0, new FolderVerification().Run(At("data")).DamageCount);
        await using var restored = await StoreHost.OpenAsync(At("data"));
        for (var writer = 0; writer < 4; writer++)
        {
            var run = (await restored.Runs.PutAsync("p", $"{writer}", new RunChange(), None)).Run.Id;
            var a = (await restored.ReadAsync(run, "a"))!;
            Assert.Equal(Enumerable.Range(0, (int)a.Total).Select(step => (long)step), a.Steps);
            Assert.Equal(a.Total, (await restored.ReadAsync(run, "b"))!.Total);
            Assert.InRange(a.Total, 1, pushed[writer]);
        }
    }

    [Fact]
    public async Task Backup_BesideAnEarlierOne_SharesUnchangedArtifactsWithItAlone()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = await store.FillAsync();
        var artifact = await store.PutAsync(run, "large", RandomNumberGenerator.GetBytes(10_000));
        new FolderBackup(TimeProvider.System).Run(store.Folder, At("one"));
        await store.PutAsync(run, "fresh", [9]);
        new FolderBackup(TimeProvider.System).Run(store.Folder, At("two"));

        // Two names of one file have one mode.
        File.SetUnixFileMode(FilledStore.FileOf(At("one"), artifact), UnixFileMode.UserRead);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(FilledStore.FileOf(At("two"), artifact)));
        Assert.NotEqual(UnixFileMode.UserRead, File.GetUnixFileMode(FilledStore.FileOf(store.Folder, artifact)));
    }

    [Fact]
    public async Task Backup_BesideAnEarlierOneThatRotted_CopiesAgain()
    {
        await using var store = await StoreHost.OpenAsync();
        var artifact = await store.PutAsync(await store.FillAsync(), "large", RandomNumberGenerator.GetBytes(10_000));
        new FolderBackup(TimeProvider.System).Run(store.Folder, At("one"));
        Flip(FilledStore.FileOf(At("one"), artifact), 5000);

        var manifest = new FolderBackup(TimeProvider.System).Run(store.Folder, At("two"));

        Assert.Empty(manifest.Damaged);
        FolderRestore.Run(At("two"), At("data"));
    }

    [Fact]
    public async Task Backup_ArtifactDeletedMeanwhile_IsHeldOrNotNamed()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = await store.FillAsync();
        ArtifactInfo? brief = null;
        var snapshots = 0;
        var backup = new FolderBackup(TimeProvider.System)
        {
            SnapshotTaken = () =>
            {
                // One that was held before the snapshot, and one that came between: its row is in the snapshot, its file has gone.
                if (++snapshots == 1) Wait(store.Artifacts.RemoveAsync(run, "other", None), store.Artifacts.RemoveAsync(run, "brief", None));
            },
        };

        var manifest = backup.Run(store.Folder, At("one"), progress =>
        {
            if (progress.Stage == "database" && brief is null) Wait(Task.Run(async () => brief = await store.PutAsync(run, "brief", [8, 8])));
        });

        Assert.Equal(2, snapshots);
        Assert.Empty(manifest.Missing);
        Assert.DoesNotContain(manifest.Files, file => file.Path.EndsWith(brief!.Sha256, StringComparison.Ordinal));
        FolderRestore.Run(At("one"), At("data"));
        Assert.Equal(0, new FolderVerification().Run(At("data")).DamageCount);
    }

    [Fact]
    public async Task Backup_OfAFolderThatLostAnArtifact_SavesTheRestAndSaysSo()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = await store.FillAsync();
        var (lost, rotten) = (await store.PutAsync(run, "lost", [5]), await store.PutAsync(run, "rotten", [6]));
        File.Delete(FilledStore.FileOf(store.Folder, lost));
        Flip(FilledStore.FileOf(store.Folder, rotten), 0);

        var manifest = new FolderBackup(TimeProvider.System).Run(store.Folder, At("one"));

        Assert.Equal([lost.Sha256], manifest.Missing);
        Assert.Equal([rotten.Sha256], manifest.Damaged);
        FolderRestore.Run(At("one"), At("data"));
        Assert.Equal(["lost", "rotten"], new FolderVerification().Run(At("data")).Damage.Select(one => one.Text.Split('\'')[1]).Order());
    }

    [Fact]
    public async Task Backup_Interrupted_LeavesNothingThatLooksWhole()
    {
        filled.CopyTo(Data);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new FolderBackup(TimeProvider.System) { SnapshotTaken = stop.Cancel }.Run(Data, At("one"), null, stop.Token));
        Assert.Equal([Data], Directory.EnumerateFileSystemEntries(_place));

        // Killed: nobody cleaned up. The next try does, and only what is its own.
        Directory.CreateDirectory(Path.Combine(At("one.unfinished"), "artifacts"));
        await File.WriteAllTextAsync(Path.Combine(At("one.unfinished"), "unfinished"), "");
        await File.WriteAllTextAsync(Path.Combine(At("one.unfinished"), "lossboard.db"), "half");
        Assert.Throws<BackupRefusedException>(() => FolderRestore.Run(At("one.unfinished"), At("new")));
        Assert.DoesNotContain(new FolderBackup(TimeProvider.System).Run(Data, At("one")).Files, file => file.Path == "unfinished");
        Directory.CreateDirectory(At("two.unfinished"));
        await File.WriteAllTextAsync(Path.Combine(At("two.unfinished"), "letters.txt"), "mine");
        Assert.Contains("was not made by Lossboard", Assert.Throws<BackupRefusedException>(() => new FolderBackup(TimeProvider.System).Run(Data, At("two"))).Message);
        Assert.True(File.Exists(Path.Combine(At("two.unfinished"), "letters.txt")));
    }

    [Fact]
    public async Task Backup_WhereItCannotBe_IsRefusedWithTheReason()
    {
        filled.CopyTo(Data);
        Directory.CreateDirectory(At("full"));
        await File.WriteAllTextAsync(Path.Combine(At("full"), "x"), "x");

        Assert.Contains("holds something", Refusal(Data, At("full")));
        Assert.Contains("must lie apart", Refusal(Data, Path.Combine(Data, "backups", "one")));
        Assert.Contains("no lossboard.db", Refusal(At("nowhere"), At("one")));
        await File.WriteAllTextAsync(Path.Combine(At("full"), "lossboard.db"), "not a database at all, but longer than its header would be, which is a hundred bytes");
        Assert.Contains("cannot be read", Refusal(At("full"), At("one")));
    }

    [Fact]
    public async Task Restore_OfADamagedBackup_NamesEachFileAndMakesNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = await store.FillAsync();
        var (gone, changed) = (await store.PutAsync(run, "gone", [5]), await store.PutAsync(run, "changed", [6, 6]));
        new FolderBackup(TimeProvider.System).Run(store.Folder, At("one"));
        File.Delete(FilledStore.FileOf(At("one"), gone));
        Flip(FilledStore.FileOf(At("one"), changed), 1);
        Flip(Path.Combine(At("one"), "lossboard.db"), 70_000);

        var damage = Assert.Throws<BackupDamagedException>(() => FolderRestore.Run(At("one"), At("data"))).Damage;

        Assert.Equal(3, damage.Count);
        Assert.Contains(damage, one => one.StartsWith("lossboard.db: ", StringComparison.Ordinal) && one.Contains("checksum", StringComparison.Ordinal));
        Assert.Contains(damage, one => one.Contains(gone.Sha256, StringComparison.Ordinal) && one.EndsWith("missing", StringComparison.Ordinal));
        Assert.Contains(damage, one => one.Contains(changed.Sha256, StringComparison.Ordinal));
        Assert.Equal([At("one")], Directory.EnumerateFileSystemEntries(_place));
    }

    [Fact]
    public async Task Restore_WhereItCannotBe_IsRefusedWithTheReason()
    {
        filled.CopyTo(Data);
        new FolderBackup(TimeProvider.System).Run(Data, At("one"));
        var description = Path.Combine(At("one"), BackupManifest.FileName);
        var text = await File.ReadAllTextAsync(description);

        Assert.Contains("holds something", Restoring(Data));
        await File.WriteAllTextAsync(description, text.Replace("\"lossboard.db\"", "\"../lossboard.db\"", StringComparison.Ordinal));
        Assert.Contains("outside the backup", Restoring(At("new")));
        await File.WriteAllTextAsync(description, text.Replace("\"schema\": \"2", "\"schema\": \"9", StringComparison.Ordinal));
        Assert.Contains("later version", Restoring(At("new")));
        await File.WriteAllTextAsync(description, text[..(text.Length / 2)]);
        Assert.Contains("is damaged", Restoring(At("new")));
        File.Delete(description);
        Assert.Contains("no whole backup", Restoring(At("new")));
        Assert.False(Directory.Exists(At("new")));
    }

    private string Data => At("data");

    private string At(string name) => Path.Combine(_place, name);

    private static string Refusal(string data, string to) => Assert.Throws<BackupRefusedException>(() => new FolderBackup(TimeProvider.System).Run(data, to)).Message;

    private string Restoring(string data) => Assert.Throws<BackupRefusedException>(() => FolderRestore.Run(At("one"), data)).Message;

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 4;
        File.WriteAllBytes(path, bytes);
    }

    // A backup blocks and so do its hooks: they run on the test's own thread.
#pragma warning disable RS0030
    private static void Wait(params Task[] tasks) => Task.WhenAll(tasks).GetAwaiter().GetResult();
#pragma warning restore RS0030
}
