using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage.Tests;

/// <summary>What a data folder holds: points as they are given out, and the rows of every table but those that say how points are kept. The same as the fixtures' script computes.</summary>
internal sealed record FolderContents(IReadOnlyDictionary<string, string> Points, IReadOnlyDictionary<string, TableContents> Rows)
{
    // A NaN that came as JSON has no bits of its own; Python's stands for all.
    private const long PythonNaN = 0x7ff8000000000000;

    private static readonly string[] HowPointsAreKept = ["inbox", "chunks", "chunk_data", "coarse_levels", "series"];

    public static FolderContents Parse(JsonElement expected) => new(
        expected.GetProperty("points").EnumerateObject().ToDictionary(one => one.Name, one => $"{one.Value.GetProperty("count").GetInt64()} {one.Value.GetProperty("sha256").GetString()}"),
        expected.GetProperty("rows").EnumerateObject().ToDictionary(one => one.Name, one => new TableContents(
            [.. one.Value.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)], one.Value.GetProperty("count").GetInt64(), one.Value.GetProperty("sha256").GetString()!)));

    /// <summary>Reads a folder that is open: points through the store, rows beside it, of each table the columns that <paramref name="like"/> has, or all.</summary>
    public static async Task<FolderContents> ReadAsync(StoreHost store, FolderContents? like)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(store.Folder, "lossboard.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var tables = like?.Rows.Keys ?? Texts(connection, """SELECT "name" FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\_\_EF%' ESCAPE '\' """)
            .Where(table => !HowPointsAreKept.Contains(table));
        var rows = new Dictionary<string, TableContents>();
        foreach (var table in tables)
        {
            var columns = like?.Rows[table].Columns ?? [.. Texts(connection, $"""SELECT "name" FROM pragma_table_info('{table}')""").Order(StringComparer.Ordinal)];
            rows[table] = Table(connection, table, columns);
        }

        var points = new Dictionary<string, string>();
        foreach (var run in Texts(connection, """SELECT "Id" FROM "runs" WHERE "Removed" = 0"""))
        {
            foreach (var series in (await store.Series.ListAsync(run, CancellationToken.None))!.Where(series => series.Kind == RecordKind.Scalar))
            {
                var read = (await store.Series.ReadScalarsAsync(run, series.Tag, 0, null, null, CancellationToken.None))!;
                Assert.Empty(read.Damaged);
                points[$"{run} {series.Tag}"] = $"{read.Steps.Length} {Hash(read)}";
            }
        }

        return new FolderContents(points, rows);
    }

    public static void RequireSame(FolderContents expected, FolderContents found)
    {
        Assert.Equal(expected.Points.OrderBy(one => one.Key, StringComparer.Ordinal), found.Points.OrderBy(one => one.Key, StringComparer.Ordinal));
        foreach (var (table, rows) in expected.Rows) Assert.Equal((table, rows.Count, rows.Sha256), (table, found.Rows[table].Count, found.Rows[table].Sha256));
    }

    private static string Hash(ScalarWindow read)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[sizeof(long)];
        foreach (var column in new[] { read.Steps, Bits(read.WallTimes), Bits(read.Values) })
        {
            foreach (var item in column)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes, item);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static long[] Bits(double[] values) => Array.ConvertAll(values, value => double.IsNaN(value) ? PythonNaN : BitConverter.DoubleToInt64Bits(value));

    private static TableContents Table(SqliteConnection connection, string table, IReadOnlyList<string> columns)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT {string.Join(", ", columns.Select(column => $"\"{column}\""))} FROM "{table}" """;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            using var row = new MemoryStream();
            for (var column = 0; column < columns.Count; column++)
            {
                if (column > 0) row.WriteByte(0);
                row.Write(Value(reader.GetValue(column)));
            }

            rows.Add(Convert.ToHexStringLower(SHA256.HashData(row.ToArray())));
        }

        rows.Sort(StringComparer.Ordinal);
        return new TableContents(columns, rows.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(rows)))));
    }

    private static byte[] Value(object value) => value switch
    {
        long number => Encoding.ASCII.GetBytes(FormattableString.Invariant($"i{number}")),
        double number => Encoding.ASCII.GetBytes("f" + BitConverter.DoubleToInt64Bits(number).ToString("x16", System.Globalization.CultureInfo.InvariantCulture)),
        string text => Encoding.UTF8.GetBytes("t" + text),
        byte[] bytes => Encoding.ASCII.GetBytes("b" + Convert.ToHexStringLower(SHA256.HashData(bytes))),
        _ => "n"u8.ToArray(),
    };

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }
}
