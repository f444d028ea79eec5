using System.Globalization;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Faults.Tests;

/// <summary>Fills a data folder with runs, as large as a test asks for, within seconds: one run is sent to a server, the others are copies of its rows.</summary>
internal static class LargeFolder
{
    public const string Project = "old";
    private const int Series = 20;
    private const int PointsEach = 50_000;

    /// <summary>Makes the folder; no server may have it open.</summary>
    /// <returns>Bytes of its database.</returns>
    public static async Task<long> CreateAsync(string data, int mebibytes)
    {
        await using (var server = await ServerProcess.StartAsync(data))
        {
            await SendAsync(server);
            // Stopping seals.
            server.Terminate();
            Assert.Equal(0, await server.ExitAsync(TimeSpan.FromSeconds(60)));
        }
        var file = new FileInfo(Path.Combine(data, "lossboard.db"));
        Copy(file.FullName, (long)mebibytes << 20);
        file.Refresh();
        return file.Length;
    }

    private static async Task SendAsync(ServerProcess server)
    {
        var random = new Random(1);
        var batch = new Batch(Project, "first", "all") { Binary = true };
        for (var tag = 0; tag < Series; tag++)
            batch.Scalars.Add(($"metric/{tag}", [.. Enumerable.Range(0, PointsEach).Select(step => new Point(step, 1_790_000_000 + step / 8.0, random.NextDouble()))]));
        using var request = batch.ToRequest(server.Address);
        var answer = await Answer.OfAsync(await server.Http.SendAsync(request));
        Assert.True(answer.Status == 200, answer.Text);
    }

    private static void Copy(string file, long bytes)
    {
        SqliteBinding.Install();
        using var database = new SqliteConnection($"Data Source={file};Pooling=False");
        database.Open();
        // Nothing of this has to outlive a fault, and the server sets its own ways when it opens the file.
        Run(database, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536");
        var (runs, series, chunks) = (Top(database, "runs"), Top(database, "series"), Top(database, "chunk_data"));
        // What the inbox took until it was sealed is free now, and does not count.
        var copies = bytes / Number(database, "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
        Run(database, "BEGIN");
        for (var copy = 1L; copy < copies; copy++)
        {
            Copy(database, "runs", $""" "Key" = "Key" + {copy * runs}, "Id" = '{copy.ToString("x32", CultureInfo.InvariantCulture)}', "Name" = 'copy-{copy}' """, $""" "Key" <= {runs} """);
            Copy(database, "series", $""" "Key" = "Key" + {copy * series}, "RunKey" = "RunKey" + {copy * runs} """, $""" "Key" <= {series} """);
            Copy(database, "chunk_data", $""" "Key" = "Key" + {copy * chunks} """, $""" "Key" <= {chunks} """);
            Copy(database, "chunks", $""" "SeriesKey" = "SeriesKey" + {copy * series}, "DataKey" = "DataKey" + {copy * chunks} """, $""" "SeriesKey" <= {series} """);
            Copy(database, "coarse_levels", $""" "SeriesKey" = "SeriesKey" + {copy * series} """, $""" "SeriesKey" <= {series} """);
        }
        Run(database, "COMMIT");
    }

    // Copies the rows that fit with some columns changed, whatever other columns the table has.
    private static void Copy(SqliteConnection database, string table, string changes, string rows)
    {
        var changed = changes.Split(',', StringSplitOptions.TrimEntries).Select(change => change.Split(" = ", 2)).ToDictionary(change => change[0].Trim(), change => change[1].Trim());
        var columns = new List<string>();
        using (var select = database.CreateCommand())
        {
            select.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            using var reader = select.ExecuteReader();
            while (reader.Read())
                columns.Add($"\"{reader.GetString(0)}\"");
        }
        Run(database, $"""INSERT INTO "{table}" ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(column => changed.GetValueOrDefault(column, column)))} FROM "{table}" WHERE {rows}""");
    }

    private static long Top(SqliteConnection database, string table) => Number(database, $"""SELECT max("Key") FROM "{table}" """);

    private static long Number(SqliteConnection database, string sql)
    {
        using var select = database.CreateCommand();
        select.CommandText = sql;
        return (long)select.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
