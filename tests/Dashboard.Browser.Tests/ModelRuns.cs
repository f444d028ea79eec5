using System.Buffers.Binary;
using System.Text.Json;

namespace Dashboard.Browser.Tests;

/// <summary>Runs that have what landscapes and curvature are computed from. The files are named and shaped right and hold nothing: a stand-in worker opens none of them.</summary>
public static class ModelRuns
{
    /// <summary>A run with a model, batches and checkpoints at steps 0, 100, …; answers its id.</summary>
    public static async Task<string> PutModelRunAsync(this LossboardServer server, string project, string run, int checkpoints = 4, object? config = null, string[]? batches = null)
    {
        await server.PutRunAsync(project, run, "finished", config);
        var id = await server.PushAsync(project, run, "train/loss", Enumerable.Range(0, 10).Select(step => step * 100L), step => Math.Exp(-step / 300.0));
        await server.PutArtifactAsync(id, "model.pt", "model", [1, 2, 3]);
        foreach (var batch in batches ?? ["train.safetensors", "val.safetensors"])
            await server.PutArtifactAsync(id, batch, "batch", Tensors(batch.StartsWith("val", StringComparison.Ordinal) ? 40 : 100));
        for (var at = 0; at < checkpoints; at++)
            await server.PutArtifactAsync(id, FormattableString.Invariant($"step-{at * 100}.safetensors"), "checkpoint", [.. Tensors(1), (byte)at], at * 100);
        return id;
    }

    /// <summary>A curvature job of a new run that a stand-in has computed: a saddle unless another <paramref name="result"/> is given.</summary>
    public static async Task ComputeCurvatureAsync(this LossboardServer server, string project, object? result = null)
    {
        await server.PostCurvatureAsync(project);
        await using var worker = new StandInWorker(server.Address, "hessian");
        await (await worker.TakeAsync(project)).FinishAsync(result ?? Curvature("saddle", CurvaturePoints(4)));
    }

    /// <summary>Asks for the curvature of a new run.</summary>
    public static async Task PostCurvatureAsync(this LossboardServer server, string project)
    {
        var run = await server.PutModelRunAsync(project, "cnn");
        var spec = new { model = new { run_id = run, name = "model.pt" }, batch = new { run_id = run, name = "train.safetensors" }, loss = "cross_entropy", top = 2, bottom = 1 };
        await server.PostAsync("api/v1/jobs", new { kind = "hessian", project, name = "my curvature", spec });
    }

    /// <summary>A result with eigenvalues 4, 2 and −1, a trace and a density of 61 points.</summary>
    public static object Curvature(string shape, object? checkpoints = null) => new
    {
        top = new[] { new { value = 4.0, residual = 1e-6 }, new { value = 2.0, residual = 1e-6 } },
        bottom = new[] { new { value = -1.0, residual = 1e-6 } },
        trace = new { value = 10.0, standard_error = 0.5 },
        loss = 0.1,
        gradient_norm = 1e-6,
        sharpness = 0.01,
        box_sharpness = 2.5,
        condition_number = 4.0,
        shape,
        density = new { x = Enumerable.Range(-20, 61).Select(at => at / 10.0), y = Enumerable.Range(-20, 61).Select(at => Math.Exp(-at * at / 50.0)) },
        checkpoints,
        converged = true,
        products = 120,
        parameters = 1234,
        samples = 100,
        device = "cpu",
        engine = "stand-in 1.0",
        seconds = 1.5,
    };

    /// <summary>Curvature at the checkpoints of a run: the largest eigenvalue falls from 10 by one each.</summary>
    public static object CurvaturePoints(int count) => Enumerable.Range(0, count).Select(at => new
    {
        name = FormattableString.Invariant($"step-{at * 100}.safetensors"),
        step = at * 100,
        top = new[] { new { value = 10.0 - at, residual = 0.01 } },
        bottom = new[] { new { value = -1.0, residual = 0.01 } },
        trace = new { value = 20.0 + at, standard_error = 1.0 },
        loss = 2.0 - (at * 0.5),
        gradient_norm = 0.4,
        sharpness = 0.02,
        shape = "slope",
    }).ToArray();

    // A safetensors file of so many samples: eight bytes with the header's length, the header, the values.
    private static byte[] Tensors(int samples)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["inputs"] = new { dtype = "F32", shape = new[] { samples, 2 }, data_offsets = new[] { 0, samples * 8 } },
            ["targets"] = new { dtype = "I64", shape = new[] { samples }, data_offsets = new[] { samples * 8, samples * 16 } },
        });
        var file = new byte[8 + header.Length + (samples * 16)];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
