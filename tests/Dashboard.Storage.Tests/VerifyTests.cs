using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Tests;

public sealed class VerifyTests(FilledFolder filled) : IClassFixture<FilledFolder>, IDisposable
{
    private static readonly string[] Columns = ["Points", "Fine", "Entry"];

    private readonly string _place = Directory.CreateTempSubdirectory("lossboard-verify-").FullName;

    private string Data => Path.Combine(_place, "data");

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Fact]
    public async Task Verify_SoundFolder_FindsNothingOnlineAndClosed()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.FillAsync();
        var orphan = Path.Combine(store.Folder, "artifacts", "ab", new string('a', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllTextAsync(orphan, "left by an upload that was killed between its file and its row");

        var online = Verify(store.Folder);
        filled.CopyTo(Data);
        var closed = Verify(Data);

        Assert.Empty(online.Damage);
        Assert.Empty(closed.Damage);
        Assert.Empty(closed.Notes);
        Assert.Equal((closed.Counts.Series, closed.Counts.Records), (online.Counts.Series, online.Counts.Records));
        Assert.Equal([$"artifacts/ab/{new string('a', 64)} (62 bytes) belongs to no artifact"], online.Notes);
        // What is closed has no inbox any more, and a value that was replaced is one point.
        Assert.Equal(FilledStore.LongPoints + 6 + 1 + 2, closed.Counts.Points);
    }

    [Fact]
    public async Task Verify_FlippedBitsInChunks_FindsThoseChunksAlone()
    {
        var flips = LongForm.Of(@short: 200, @long: 1000);
        var store = await StoreHost.OpenAsync(Data);
        var random = new Random(7);
        // Twice as many chunks as are flipped, of all lengths, each a series of its own.
        for (var batch = 0; batch < 2 * flips / 50; batch++)
        {
            await store.PushAsync(new IngestBatch
            {
                Project = "p", Run = $"run-{batch}", Scalars = [.. Enumerable.Range(0, 50).Select(tag => new ScalarBlock($"tag-{tag}", Batches.Columns(
                    [.. Enumerable.Range(0, 1 + random.Next(600)).Select(step => ((long)step, random.NextDouble()))])))],
            });
        }
        await store.StopAsync();
        var flipped = new HashSet<(string Run, string Tag, long FirstStep)>();
        using (var database = Open(Data))
        {
            using var begun = database.BeginTransaction();
            var chunks = Chunks(database);
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(chunks));
            foreach (var (key, series, first, place) in chunks.Take(flips))
            {
                var column = Columns[random.Next(3)];
                var row = column == "Entry" ? $"\"chunks\" WHERE \"SeriesKey\" = {series} AND \"FirstIndex\" = {first}" : $"\"chunk_data\" WHERE \"Key\" = {key}";
                Flip(database, column, row, random);
                flipped.Add(place);
            }
            begun.Commit();
        }

        var report = Verify(Data);

        Assert.Equal(flips, flipped.Count);
        Assert.Equal(flips, report.DamageCount);
        Assert.Equal(flipped, report.Damage.Select(one => (one.Run!, one.Tag!, one.FirstStep!.Value)).ToHashSet());
        Assert.All(report.Damage, one => Assert.True(one.Kind is "chunk" or "level", one.Kind));
    }

    // What is changed, and what has to be said: its kind, its tag, its first step, and words of its text.
    public static TheoryData<string, string, string?, long?, string> Changes => new()
    {
        { """UPDATE "chunks" SET "MaxStep" = "MaxStep" + 1 WHERE "FirstIndex" = 4096""", "level", "loss", 4096, "count or steps" },
        { """UPDATE "chunks" SET "DataKey" = (SELECT "DataKey" FROM "chunks" WHERE "FirstIndex" = 8192) WHERE "FirstIndex" = 4096""", "chunk", "loss", 4096, "are not those" },
        { """DELETE FROM "chunks" WHERE "FirstIndex" = 4096""", "chunk", "loss", null, "points 4,096 to 8,191 of the series" },
        { """DELETE FROM "chunk_data" WHERE "Key" = (SELECT "DataKey" FROM "chunks" WHERE "FirstIndex" = 4096)""", "chunk", "loss", 4096, "points are missing" },
        { """DELETE FROM "chunks" WHERE "FirstIndex" = 36864""", "totals", "loss", null, "its chunks end at point 36,864, and the series has 37,564" },
        { """UPDATE "series" SET "MinBefore" = "MinBefore" - 1 WHERE "Tag" = 'loss'""", "totals", "loss", 0, "extremes" },
        { """UPDATE "series" SET "LastBits" = "LastBits" + 1 WHERE "Tag" = 'loss'""", "totals", "loss", 0, "last value" },
        { """UPDATE "series" SET "Count" = "Count" + 1 WHERE "Tag" = 'loss'""", "totals", "loss", null, "the series has 37,565" },
        { """UPDATE "coarse_levels" SET "Entry" = (SELECT "Entry" FROM "chunks" WHERE "FirstIndex" = 4096)""", "level", "loss", 0, "32,768 points from the 0th on says something else" },
        { """DELETE FROM "coarse_levels" """, "level", "loss", 0, "is missing" },
        { """UPDATE "records" SET "Payload" = CAST('twe' AS BLOB) WHERE "Step" = 2""", "record", "texts", 2, "checksum" },
        { """UPDATE "records" SET "Crc" = "Crc" + 1 WHERE "Step" = 1""", "record", "texts", 1, "checksum" },
        { """DELETE FROM "records" WHERE "Step" = 1""", "record", "texts", null, "records 0 to 0" },
        { """DELETE FROM "records" WHERE "Step" = 2""", "totals", "texts", null, "it has 1 records, and its row says 2" },
        { """UPDATE "runs" SET "Config" = '{"a":'""", "text", null, null, "configuration of the run" },
        { """UPDATE "runs" SET "Tags" = '{}'""", "text", null, null, "no JSON array" },
        { """UPDATE "settings" SET "Body" = '{"enabled":tru3}'""", "text", null, null, "setting 'retention'" },
        { """UPDATE "jobs" SET "Spec" = 'null'""", "job", null, null, "no JSON object" },
        { """UPDATE "job_results" SET "Data" = CAST('{"loss":[1,2}' AS BLOB)""", "job", null, null, "result of the job" },
        { """UPDATE "runs" SET "ProjectKey" = 99""", "database", null, null, "a row of runs refers to a row of projects" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Verify_ChangedRow_IsNamedAlone(string sql, string kind, string? tag, long? firstStep, string words)
    {
        filled.CopyTo(Data);
        using (var database = Open(Data)) Assert.True(Execute(database, sql) > 0);

        var found = Assert.Single(Verify(Data).Damage);
        Assert.Equal((kind, tag, firstStep), (found.Kind, found.Tag, found.FirstStep));
        Assert.Contains(words, found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FlippedBitOfTheInbox_IsNamed()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", [.. Enumerable.Range(0, 5).Select(step => ((long)step, 0.5 * step))]);
        var copy = store.CopyFolder();
        int bits;
        byte[] sound;
        using (var database = Open(copy)) bits = 8 * (sound = Bytes(database, """SELECT "Data" FROM "inbox" """)).Length;
        using (var database = Open(copy))
        {
            Execute(database, "PRAGMA synchronous=OFF");
            // In the long form every bit of it: there are few.
            for (var bit = 0; bit < bits; bit += LongForm.Of(@short: 11, @long: 1))
            {
                var data = (byte[])sound.Clone();
                data[bit / 8] ^= (byte)(1 << (bit % 8));
                Execute(database, """UPDATE "inbox" SET "Data" = $1""", data);
                var found = Assert.Single(Verify(copy).Damage);
                Assert.Equal("inbox", found.Kind);
            }
            Execute(database, """UPDATE "inbox" SET "Data" = $1""", sound);
        }
        Assert.Empty(Verify(copy).Damage);
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task Verify_DamagedAndMissingFilesOfArtifacts_AreNamedWithEveryNameTheyHave()
    {
        await using var store = await StoreHost.OpenAsync();
        var run = await store.FillAsync();
        var gone = await store.PutAsync(run, "gone", [5]);
        var shared = (await store.Artifacts.FindAsync(run, "weights", null, null, CancellationToken.None))!.Value;
        File.Delete(FilledStore.FileOf(store.Folder, gone));
        await File.WriteAllBytesAsync(shared.Path, [1, 2, 7]);

        var report = Verify(store.Folder);

        Assert.Equal(["again", "gone", "weights"], report.Damage.Select(one => one.Text.Split('\'')[1]).Order());
        Assert.All(report.Damage, one => Assert.Equal(("artifact", "p", "r", run), (one.Kind, one.Project, one.Run, one.RunId)));
        Assert.Equal(Path.GetRelativePath(store.Folder, shared.Path), report.Damage.First(one => one.Text.Contains("weights", StringComparison.Ordinal)).File);
    }

    [Fact]
    public void Verify_FormOfARecord_IsAskedFor()
    {
        filled.CopyTo(Data);

        var report = new FolderVerification { RecordFault = (kind, payload) => kind == RecordKind.Text && payload[0] == (byte)'t' ? "begins with a t" : null }.Run(Data);

        Assert.Equal([("texts", 2L, "Text: begins with a t")], report.Damage.Select(one => (one.Tag!, one.FirstStep!.Value, one.Text)));
    }

    [Fact]
    public async Task Verify_BitsFlippedAnywhereInTheFile_NeverFailsOtherwiseThanInWords()
    {
        filled.CopyTo(Data);
        var path = Path.Combine(Data, "lossboard.db");
        // Without the pages that the inbox left free, in which nobody would miss a bit.
        using (var database = Open(Data)) Execute(database, "PRAGMA journal_mode=DELETE; VACUUM");
        var sound = await File.ReadAllBytesAsync(path);
        var random = new Random(3);
        var (told, turns) = (0, LongForm.Of(@short: 40, @long: 400));
        for (var turn = 0; turn < turns; turn++)
        {
            var bytes = (byte[])sound.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, bytes);
            try
            {
                told += Verify(Data).DamageCount > 0 ? 1 : 0;
            }
            catch (BackupRefusedException)
            {
                told++;
            }
        }

        // What is not found lies where nothing is stored, in pages of small tables for instance, or in what has no checksum, as a name.
        Assert.InRange(told, turns / 4, turns);
    }

    [Fact]
    public void Verify_OfWhatIsNoFolderOfThisVersion_IsRefused()
    {
        filled.CopyTo(Data);
        using (var database = Open(Data)) Execute(database, """INSERT INTO "__EFMigrationsHistory" VALUES ('99990101000000_Later', '99')""");
        Assert.Contains("later version", Assert.Throws<BackupRefusedException>(() => Verify(Data)).Message);
        using (var database = Open(Data)) Execute(database, """DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" > '20261125'""");
        Assert.Contains("earlier version", Assert.Throws<BackupRefusedException>(() => Verify(Data)).Message);
        File.Delete(Path.Combine(Data, "lossboard.db"));
        Assert.Contains("no lossboard.db", Assert.Throws<BackupRefusedException>(() => Verify(Data)).Message);
    }

    private static FolderReport Verify(string folder) => new FolderVerification().Run(folder);

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "lossboard.db")};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }

    private static List<(long Key, long Series, long First, (string Run, string Tag, long FirstStep) Place)> Chunks(SqliteConnection database)
    {
        using var command = database.CreateCommand();
        command.CommandText =
            """
            SELECT c."DataKey", c."SeriesKey", c."FirstIndex", r."Name", s."Tag", c."MinStep"
            FROM "chunks" c JOIN "series" s ON s."Key" = c."SeriesKey" JOIN "runs" r ON r."Key" = s."RunKey" ORDER BY c."SeriesKey", c."FirstIndex"
            """;
        using var rows = command.ExecuteReader();
        var found = new List<(long, long, long, (string, string, long))>();
        while (rows.Read()) found.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), (rows.GetString(3), rows.GetString(4), rows.GetInt64(5))));
        return found;
    }

    private static void Flip(SqliteConnection database, string column, string row, Random random)
    {
        var bytes = Bytes(database, $"SELECT \"{column}\" FROM {row}");
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        var where = row.Split(" WHERE ");
        Assert.Equal(1, Execute(database, $"UPDATE {where[0]} SET \"{column}\" = $1 WHERE {where[1]}", bytes));
    }

    private static byte[] Bytes(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        return (byte[])command.ExecuteScalar()!;
    }

    private static int Execute(SqliteConnection database, string sql, byte[]? bytes = null)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        if (bytes is not null) command.Parameters.AddWithValue("$1", bytes);
        return command.ExecuteNonQuery();
    }
}
