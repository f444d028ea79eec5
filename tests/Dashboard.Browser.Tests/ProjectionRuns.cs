using System.Buffers.Binary;

namespace Dashboard.Browser.Tests;

/// <summary>
/// Embeddings whose neighbours are known, and pictures of them. Row i is number i / 3 of class i % 3: its vector lies 10 along the class's own direction and a tenth a number along another, so the
/// nearest of a row are the ones before and after it in its class.
/// </summary>
public static class ProjectionRuns
{
    public const int Rows = 60;
    private const int Classes = 3;
    private static readonly string[] Names = ["cat", "dog", "ant"];

    /// <summary>Logs the embedding <c>penultimate</c> of a run at steps; answers the run's id. Metadata: label, score from 0 to 1, id.</summary>
    public static async Task<string> PutEmbeddingAsync(this LossboardServer server, string project, string run = "net", params long[] steps)
    {
        var rows = Enumerable.Range(0, Rows).ToArray();
        var metadata = new { label = rows.Select(Class).Select(at => Names[at]), score = rows.Select(row => row / Classes / 19.0), id = rows.Select(row => $"n{row}") };
        string? id = null;
        foreach (var step in steps.DefaultIfEmpty(0))
        {
            var embedding = new { type = "embedding", tag = "penultimate", step, vectors = rows.Select(row => Vector(row, step)), metadata };
            id = (await server.PostAsync("api/v1/events", new { project, run, events = new[] { embedding } }))["run_id"]!.GetValue<string>();
        }
        return id!;
    }

    /// <summary>Asks for a projection of that embedding; answers the job's id.</summary>
    public static async Task<string> PostProjectionAsync(this LossboardServer server, string project, string runId, string name, long? step = null, string method = "tsne", int dims = 2, ulong seed = 0)
    {
        var spec = new { embedding = new { run_id = runId, tag = "penultimate", step }, method, dims, seed };
        return (await server.PostAsync("api/v1/jobs", new { kind = "projection", project, name, spec }))["id"]!.GetValue<string>();
    }

    /// <summary>Asks for a projection and plays the worker that computes it: a row of three clouds, turned by so many degrees.</summary>
    public static async Task<string> ProjectAsync(this LossboardServer server, string project, string runId, string name, long? step = null, int dims = 2, double degrees = 0, ulong seed = 0)
    {
        var id = await server.PostProjectionAsync(project, runId, name, step, dims: dims, seed: seed);
        await using var worker = new StandInWorker(server.Address, "projection");
        await (await worker.TakeAsync(project)).FinishAsync(Result(Picture(dims, degrees)));
        return id;
    }

    /// <summary>Three clouds of five by four points beside each other.</summary>
    public static float[][] Picture(int dims = 2, double degrees = 0)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return [.. Enumerable.Range(0, Rows).Select(row =>
        {
            var (x, y) = (Class(row) * 10 + row / Classes % 5, (double)(row / Classes / 5));
            float[] place = [(float)(cos * x - sin * y), (float)(sin * x + cos * y), row / Classes];
            return place[..dims];
        })];
    }

    /// <summary>What a worker answers for a picture.</summary>
    public static object Result(float[][] coordinates) => new
    {
        coordinates,
        kl_divergence = 0.5,
        trustworthiness = 0.97,
        preservation = 0.4,
        quality_points = coordinates.Length,
        point_preservation = coordinates.Select((_, row) => row % 10 / 10f),
        rows = coordinates.Length,
        columns = 8,
        neighbors_exact = true,
        iterations = 1000,
        notes = new[] { "Perplexity was lowered to 19." },
        device = "cpu",
        engine = "stand-in 1.0",
        seconds = 1.5,
    };

    /// <summary>A picture on its way, as a part of the stage <c>frame</c>.</summary>
    public static object Frame(int index, int iteration, float[][] coordinates)
    {
        var dims = coordinates[0].Length;
        var low = Enumerable.Range(0, dims).Select(d => coordinates.Min(row => row[d])).ToArray();
        var high = Enumerable.Range(0, dims).Select(d => coordinates.Max(row => row[d])).ToArray();
        var packed = new byte[coordinates.Length * dims * 2];
        for (var row = 0; row < coordinates.Length; row++)
        {
            for (var d = 0; d < dims; d++)
                BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan((row * dims + d) * 2), (ushort)Math.Round((coordinates[row][d] - low[d]) / (high[d] - low[d]) * 65535));
        }
        return new { stage = "frame", index, data = new { iteration, iterations = 1000, rows = coordinates.Length, low, high, packed = Convert.ToBase64String(packed) } };
    }

    private static int Class(int row) => row % Classes;

    // Another step has other vectors, or the server would know the picture already.
    private static double[] Vector(int row, long step)
    {
        var vector = new double[8];
        vector[Class(row)] = 10;
        vector[Classes] = row / Classes * 0.1;
        vector[^1] = step;
        return vector;
    }
}
