using System.Text.Json;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Faults.Tests;

/// <summary>A bit on the disk is not what was written.</summary>
public sealed class DamageTests
{
    private const string Project = "damaged";
    private const int Chunk = 4096;
    private const int Points = 3 * Chunk + 1000;

    public static TheoryData<string, int> Places => new()
    {
        { "Points", 0 }, { "Points", 1 }, { "Points", 3 }, { "Fine", 1 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Read_OfASeriesWithAFlippedBit_LosesThatChunkAlone(string column, int chunk)
    {
        using var folder = new TempFolder();
        var random = new Random(chunk);
        var points = Enumerable.Range(0, Points).Select(i => new Point(i, 1_790_000_000 + i / 8.0, random.NextDouble())).ToArray();
        var runId = await PushAsync(folder.Data, points);
        var (first, count) = Flip(folder.Data, column, chunk, random);

        await using var server = await ServerProcess.StartAsync(folder.Data, "--Storage:SealAfterSeconds=0.3");
        var answer = await RunReader.ScalarsJsonAsync(server.Http, runId, "loss", 0);

        var lost = column == "Points" ? count : 0;
        Assert.Equal(points.Where((_, i) => lost == 0 || i < first || i >= first + count), RunReader.Points(answer));
        AssertDamaged(answer, lost == 0 ? null : (first, count));
        // A picture of the whole still comes, with everything that can be known.
        var picture = await RunReader.ScalarsJsonAsync(server.Http, runId, "loss", 100);
        Assert.NotEmpty(RunReader.Points(picture));
        await AssertGoesOnAsync(server, runId, points, first, lost);
    }

    [Fact]
    public async Task Read_OfARecordWithAFlippedBit_LosesThatRecordAlone()
    {
        using var folder = new TempFolder();
        string runId;
        await using (var server = await ServerProcess.StartAsync(folder.Data))
        {
            var batch = new Batch(Project, "r", "notes");
            for (var step = 0; step < 3; step++)
                batch.Notes.Add(new Note("n", step, $"note {step}"));
            runId = await SendAsync(server, batch);
            await StopAsync(server);
        }
        Change(folder.Data, """UPDATE "records" SET "Payload" = $1 WHERE "Step" = 1""", """SELECT "Payload" FROM "records" WHERE "Step" = 1""", bytes => bytes[0] ^= 1);

        await using var next = await ServerProcess.StartAsync(folder.Data);
        var answer = await RunReader.GetAsync(next.Http, $"/api/v1/runs/{runId}/texts?tag=n");

        Assert.Equal(200, answer.Status);
        Assert.Equal(["note 0", "note 2"], answer.Json.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!));
        Assert.Equal([1L], answer.Json.GetProperty("damaged_steps").EnumerateArray().Select(step => step.GetInt64()));
        Assert.Equal(200, await next.ReadyStatusAsync());
    }

    // New points follow the damage, also into the very chunk, and sealing does not choke on it.
    private static async Task AssertGoesOnAsync(ServerProcess server, string runId, Point[] points, int first, int lost)
    {
        var more = Enumerable.Range(0, 500).Select(i => new Point(Points + i, 1_790_009_999, i)).ToArray();
        var batch = new Batch(Project, "r", "more");
        batch.Scalars.Add(("loss", more));
        await SendAsync(server, batch);
        await server.WaitForAsync(async () => await server.MetricAsync("lossboard_storage_unsealed_points") == 0, "the new points to be sealed");
        var answer = await RunReader.ScalarsJsonAsync(server.Http, runId, "loss", 0);
        Assert.Equal(points.Where((_, i) => lost == 0 || i < first || i >= first + lost).Concat(more), RunReader.Points(answer));
        Assert.Equal(200, await server.ReadyStatusAsync());
    }

    private static void AssertDamaged(JsonElement answer, (int First, int Count)? expected)
    {
        if (expected is not var (first, count))
        {
            Assert.False(answer.TryGetProperty("damaged", out _));
            return;
        }
        var range = Assert.Single(answer.GetProperty("damaged").EnumerateArray());
        Assert.Equal(first, range.GetProperty("first_step").GetInt64());
        Assert.Equal(first + count - 1, range.GetProperty("last_step").GetInt64());
        Assert.Equal(count, range.GetProperty("count").GetInt64());
    }

    private static async Task<string> PushAsync(string data, Point[] points)
    {
        await using var server = await ServerProcess.StartAsync(data);
        var batch = new Batch(Project, "r", "all") { Binary = true };
        batch.Scalars.Add(("loss", points));
        var runId = await SendAsync(server, batch);
        // Stopping seals what is left.
        await StopAsync(server);
        return runId;
    }

    private static async Task<string> SendAsync(ServerProcess server, Batch batch)
    {
        using var request = batch.ToRequest(server.Address);
        var answer = await Answer.OfAsync(await server.Http.SendAsync(request));
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("run_id").GetString()!;
    }

    private static async Task StopAsync(ServerProcess server)
    {
        server.Terminate();
        Assert.Equal(0, await server.ExitAsync(TimeSpan.FromSeconds(20)));
    }

    // Flips one bit of one chunk; steps are indices here, so its range of steps is its range of points.
    private static (int First, int Count) Flip(string data, string column, int chunk, Random random)
    {
        var rows = new List<(long Key, int First, int Count)>();
        using (var database = Open(data))
        {
            using var select = database.CreateCommand();
            select.CommandText = """SELECT "DataKey", "FirstIndex", "Count" FROM "chunks" ORDER BY "FirstIndex" """;
            using var reader = select.ExecuteReader();
            while (reader.Read())
                rows.Add((reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2)));
        }
        Assert.Equal(Points, rows.Sum(row => row.Count));
        var (key, first, count) = rows[chunk];
        Change(
            data, $"""UPDATE "chunk_data" SET "{column}" = $1 WHERE "Key" = {key}""", $"""SELECT "{column}" FROM "chunk_data" WHERE "Key" = {key}""",
            bytes => bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)));
        return (first, count);
    }

    private static void Change(string data, string update, string select, Action<byte[]> change)
    {
        using var database = Open(data);
        using var command = database.CreateCommand();
        command.CommandText = select;
        var bytes = (byte[])command.ExecuteScalar()!;
        change(bytes);
        command.CommandText = update;
        command.Parameters.AddWithValue("$1", bytes);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static SqliteConnection Open(string data)
    {
        SqliteBinding.Install();
        var connection = new SqliteConnection($"Data Source={Path.Combine(data, "lossboard.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
