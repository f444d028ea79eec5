using System.Runtime.InteropServices;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Writes vectors into an answer as a safetensors file, block by block.</summary>
internal static class TensorStream
{
    // Large enough to keep a socket busy, small beside a table.
    private const int BlockFloats = 1 << 18;

    /// <summary>Vectors and coordinates, opened.</summary>
    public static IReadOnlyList<(string Name, IVectorRows Rows)> Of(VectorSource? vectors, VectorSource? coordinates)
    {
        var tensors = new List<(string, IVectorRows)>();
        if (vectors is not null) tensors.Add(("vectors", vectors.Open()));
        if (coordinates is not null) tensors.Add(("coordinates", coordinates.Open()));
        return tensors;
    }

    /// <summary>The numbers of a result.</summary>
    public static IReadOnlyList<(string Name, IVectorRows Rows)> Of(ProjectionTable table)
    {
        var tensors = new List<(string, IVectorRows)> { ("coordinates", new VectorTable(table.Rows, table.Dims, table.Coordinates)) };
        if (table.Preservation is { } kept) tensors.Add(("preservation", new VectorTable(kept.Length, 1, kept)));
        return tensors;
    }

    /// <summary>Writes all of it, with its length.</summary>
    public static async Task WriteAsync(
        HttpResponse response, IReadOnlyList<(string Name, IVectorRows Rows)> tensors, CancellationToken cancellation, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = SafetensorsHeader.Make([.. tensors.Select(tensor => (tensor.Name, TensorType.Float32, Shape(tensor.Name, tensor.Rows)))], metadata);
        response.ContentType = MediaTypes.Tensors;
        response.ContentLength = header.Length + tensors.Sum(tensor => sizeof(float) * (long)tensor.Rows.Rows * tensor.Rows.Columns);
        await response.Body.WriteAsync(header, cancellation);
        foreach (var (_, rows) in tensors)
        {
            var many = Math.Max(1, BlockFloats / rows.Columns);
            var block = new float[(long)Math.Min(many, rows.Rows) * rows.Columns];
            var bytes = new byte[block.Length * (long)sizeof(float)];
            for (var first = 0; first < rows.Rows; first += many)
            {
                var count = Math.Min(many, rows.Rows - first) * rows.Columns;
                rows.Read(first, block.AsSpan(0, count));
                MemoryMarshal.AsBytes(block.AsSpan(0, count)).CopyTo(bytes);
                await response.Body.WriteAsync(bytes.AsMemory(0, count * sizeof(float)), cancellation);
            }
        }
    }

    private static IReadOnlyList<long> Shape(string name, IVectorRows rows) => name == "preservation" ? [rows.Rows] : [rows.Rows, rows.Columns];
}
