using System.Runtime.InteropServices;

namespace Dashboard.Client;

/// <summary>A named array of numbers, copied when it is made: what training does to the values afterwards does not show.</summary>
public sealed class LossboardTensor
{
    private LossboardTensor(string name, string type, long[] shape, ReadOnlyMemory<byte> bytes) => (Name, Type, Shape, Bytes) = (name, type, shape, bytes);

    /// <summary>Name within its file: for weights the one that the module gives its parameter, such as <c>conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Element type in the words of safetensors: F64, F32, F16, I64, I32, I16, I8, U8 or BOOL.</summary>
    public string Type { get; }

    /// <summary>Sizes of its dimensions; none for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements, row after row, little-endian.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Bytes of one element.</summary>
    internal int Width => WidthOf(Type);

    /// <summary>Copies values.</summary>
    /// <typeparam name="T">double, float, Half, long, int, short, sbyte, byte or bool.</typeparam>
    /// <param name="name">Name within the file.</param>
    /// <param name="values">The elements, row after row.</param>
    /// <param name="shape">Sizes of the dimensions; nothing for one dimension as long as the values.</param>
    /// <exception cref="ArgumentException">The name is empty, the type is another, or the shape does not hold as many values.</exception>
    public static LossboardTensor Create<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var length = values.Length;
        long[] sizes = shape.IsEmpty ? [values.Length] : shape.ToArray();
        // Wide enough for the product of any two sizes; beyond one no product can be right.
        Int128 count = 1;
        foreach (var size in sizes)
            count = size < 0 || count > long.MaxValue ? throw Unfilled() : count * size;
        if (count != values.Length)
            throw Unfilled();
        return Copy(name, values, sizes);

        ArgumentException Unfilled() =>
            new($"tensor \"{name}\" has {length} values, which do not fill the shape [{string.Join(", ", sizes)}]", nameof(shape));
    }

    /// <summary>A single number, without dimensions: a counter among a module's buffers, for instance.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the type is none that <see cref="Create{T}"/> takes.</exception>
    public static LossboardTensor Scalar<T>(string name, T value)
        where T : unmanaged => Copy<T>(name, [value], []);

    /// <summary>The same values under another name.</summary>
    internal LossboardTensor Named(string name) => new(name, Type, [.. Shape], Bytes);

    /// <summary>Whole numbers as 64-bit ones, which losses over classes take; others as they are.</summary>
    internal LossboardTensor AsClasses() => Type switch
    {
        "I32" => Widened(MemoryMarshal.Cast<byte, int>(Bytes.Span), value => value),
        "I16" => Widened(MemoryMarshal.Cast<byte, short>(Bytes.Span), value => value),
        "I8" => Widened(MemoryMarshal.Cast<byte, sbyte>(Bytes.Span), value => value),
        "U8" or "BOOL" => Widened(Bytes.Span, value => value),
        _ => this,
    };

    private static LossboardTensor Copy<T>(string name, ReadOnlySpan<T> values, long[] shape)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("tensors are written on little-endian machines only");
        return new LossboardTensor(name, TypeOf<T>(name), shape, MemoryMarshal.AsBytes(values).ToArray());
    }

    private LossboardTensor Widened<T>(ReadOnlySpan<T> values, Func<T, long> widen)
    {
        var wide = new long[values.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = widen(values[i]);
        return Create<long>(Name, wide, [.. Shape]);
    }

    private static string TypeOf<T>(string name) => default(T) switch
    {
        double => "F64",
        float => "F32",
        Half => "F16",
        long => "I64",
        int => "I32",
        short => "I16",
        sbyte => "I8",
        byte => "U8",
        bool => "BOOL",
        _ => throw new ArgumentException($"tensor \"{name}\" has elements of type {typeof(T).Name}; double, float, Half, long, int, short, sbyte, byte and bool can be written"),
    };

    private static int WidthOf(string type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "I16" => 2,
        _ => 1,
    };
}
