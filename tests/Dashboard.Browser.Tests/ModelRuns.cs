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
