using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Dashboard.Analysis;
using Dashboard.Tensors;

namespace Dashboard.Worker.Tests;

/// <summary>Small safetensors files.</summary>
internal static class Tensors
{
    /// <summary>One vector of float32 under a name.</summary>
    public static byte[] Of(string name, params double[] values)
    {
        var header = Encoding.UTF8.GetBytes($$"""{"{{name}}":{"dtype":"F32","shape":[{{values.Length}}],"data_offsets":[0,{{4 * values.Length}}] } }""");
        var file = new byte[8 + header.Length + 4 * values.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8 + header.Length + 4 * i), (float)values[i]);
        return file;
    }

    /// <summary>Rows of float32 under their names.</summary>
    public static byte[] Of(params (string Name, VectorTable Table)[] tensors)
    {
        var header = SafetensorsHeader.Make([.. tensors.Select(tensor => (tensor.Name, TensorType.Float32, (IReadOnlyList<long>)[tensor.Table.Rows, tensor.Table.Columns]))]);
        return [.. header, .. tensors.SelectMany(tensor => MemoryMarshal.AsBytes<float>(tensor.Table.Values).ToArray())];
    }

    /// <summary>Weights of the quadratic module.</summary>
    public static byte[] Theta(params double[] values) => Of("theta", values);

    /// <summary>A direction along one of its axes.</summary>
    public static byte[] Axis(int axis) => Theta([.. Enumerable.Range(0, 4).Select(index => index == axis ? 1.0 : 0)]);
}
