using System.Runtime.InteropServices;

namespace Dashboard.Tensors;

/// <summary>A contiguous tensor in managed memory, little-endian, row-major.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes of its dimensions; empty for a single number.</param>
/// <param name="Bytes">Its elements: their number times their size.</param>
public sealed record TensorData(TensorType Type, IReadOnlyList<long> Shape, byte[] Bytes)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Bytes of an element of a type.</summary>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.Float64 or TensorType.Int64 => 8,
        TensorType.Float32 or TensorType.Int32 => 4,
        TensorType.Float16 or TensorType.BFloat16 or TensorType.Int16 => 2,
        _ => 1,
    };

    /// <summary>Copies the elements as float64.</summary>
    /// <exception cref="TensorFileException">The elements are not floating point.</exception>
    public void CopyTo(Span<double> destination)
    {
        switch (Type)
        {
            case TensorType.Float64:
                MemoryMarshal.Cast<byte, double>(Bytes).CopyTo(destination);
                break;
            case TensorType.Float32:
                var singles = MemoryMarshal.Cast<byte, float>(Bytes);
                for (var i = 0; i < singles.Length; i++) destination[i] = singles[i];
                break;
            case TensorType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(Bytes);
                for (var i = 0; i < halves.Length; i++) destination[i] = (double)halves[i];
                break;
            case TensorType.BFloat16:
                var upper = MemoryMarshal.Cast<byte, ushort>(Bytes);
                for (var i = 0; i < upper.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
            default:
                throw new TensorFileException($"A tensor of {Type} elements cannot be weights; floating point is needed.");
        }
    }
}
