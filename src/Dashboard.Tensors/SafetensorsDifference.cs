using System.Runtime.InteropServices;

namespace Dashboard.Tensors;

/// <summary>Compares two safetensors files tensor by tensor, a piece at a time: neither file is held in memory.</summary>
public static class SafetensorsDifference
{
    // Elements at a time: large enough that reading a disk in turns costs nothing, small enough for the cache of a core.
    private const int Piece = 1 << 16;

    /// <summary>The tensors that both files have in one shape, in the order of the second file; the rest is told by name.</summary>
    /// <param name="first">Path of what is compared with.</param>
    /// <param name="second">Path of what is compared.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="TensorFileException">A file is missing, or no safetensors file.</exception>
    public static FileDifference Compare(string first, string second, CancellationToken cancellation)
    {
        using var a = SafetensorsFile.Open(first);
        using var b = SafetensorsFile.Open(second);
        using var left = Bytes(first);
        using var right = Bytes(second);
        var scratch = new Scratch();
        var found = new List<TensorDifference>();
        var reshaped = new List<string>();
        foreach (var (name, entry) in b.Tensors.OrderBy(one => one.Value.Offset))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!a.Tensors.TryGetValue(name, out var before)) continue;
            if (!before.Shape.SequenceEqual(entry.Shape)) reshaped.Add(name);
            else found.Add(Compare(name, before, entry, left, right, scratch, cancellation));
        }

        return new FileDifference(found, [.. a.Tensors.Keys.Where(name => !b.Tensors.ContainsKey(name)).Order(StringComparer.Ordinal)],
            [.. b.Tensors.Keys.Where(name => !a.Tensors.ContainsKey(name)).Order(StringComparer.Ordinal)], reshaped);
    }

    private static TensorDifference Compare(
        string name, TensorEntry before, TensorEntry entry, FileStream left, FileStream right, Scratch scratch, CancellationToken cancellation)
    {
        left.Position = before.Offset;
        right.Position = entry.Offset;
        double aa = 0, bb = 0, ab = 0, dd = 0, largest = 0;
        long nonFinite = 0;
        var count = entry.Length / TensorData.SizeOf(entry.Type);
        for (long done = 0; done < count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = (int)Math.Min(Piece, count - done);
            Read(left, before.Type, scratch.Bytes, scratch.A.AsSpan(0, length));
            Read(right, entry.Type, scratch.Bytes, scratch.B.AsSpan(0, length));
            for (var i = 0; i < length; i++)
            {
                var (x, y) = (scratch.A[i], scratch.B[i]);
                if (!double.IsFinite(x) || !double.IsFinite(y))
                {
                    nonFinite++;
                    continue;
                }

                var difference = y - x;
                aa += x * x;
                bb += y * y;
                ab += x * y;
                dd += difference * difference;
                largest = Math.Max(largest, Math.Abs(difference));
            }

            done += length;
        }

        var (norm, other) = (Math.Sqrt(aa), Math.Sqrt(bb));
        // Rounding must not make two equal tensors more alike than equal.
        var cosine = norm == 0 || other == 0 ? double.NaN : Math.Clamp(ab / (norm * other), -1, 1);
        return new TensorDifference(name, entry.Type, entry.Shape, norm, other, Math.Sqrt(dd), cosine, largest, nonFinite);
    }

    private static FileStream Bytes(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

    private static void Read(FileStream stream, TensorType type, byte[] buffer, Span<double> destination)
    {
        var bytes = buffer.AsSpan(0, destination.Length * TensorData.SizeOf(type));
        stream.ReadExactly(bytes);
        switch (type)
        {
            case TensorType.Float64:
                MemoryMarshal.Cast<byte, double>(bytes).CopyTo(destination);
                break;
            case TensorType.Float32:
                Convert<float>(bytes, destination, static value => value);
                break;
            case TensorType.Float16:
                Convert<Half>(bytes, destination, static value => (double)value);
                break;
            case TensorType.BFloat16:
                Convert<ushort>(bytes, destination, static value => BitConverter.UInt32BitsToSingle((uint)value << 16));
                break;
            case TensorType.Int64:
                Convert<long>(bytes, destination, static value => value);
                break;
            case TensorType.Int32:
                Convert<int>(bytes, destination, static value => value);
                break;
            case TensorType.Int16:
                Convert<short>(bytes, destination, static value => value);
                break;
            case TensorType.Int8:
                Convert<sbyte>(bytes, destination, static value => value);
                break;
            default:
                Convert<byte>(bytes, destination, static value => value);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> source, Span<double> destination, Func<T, double> convert)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(source);
        for (var i = 0; i < values.Length; i++) destination[i] = convert(values[i]);
    }

    private sealed class Scratch
    {
        public byte[] Bytes { get; } = new byte[Piece * sizeof(double)];
        public double[] A { get; } = new double[Piece];
        public double[] B { get; } = new double[Piece];
    }
}
