using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dashboard.Tensors;

/// <summary>Reads the header of NumPy's <c>.npy</c> (versions 1 to 3): six bytes of magic, a version, a length and a Python literal, of which only the form that NumPy writes is taken.</summary>
public static partial class NpyFile
{
    // NumPy pads its header to 64 bytes; one of this size names a type of very many fields, which is refused anyway.
    private const int LongestHeader = 1 << 20;

    /// <summary>Finds the tensor.</summary>
    /// <exception cref="TensorFileException">No npy file, or one whose elements are not plain little-endian numbers in rows.</exception>
    public static TensorEntry Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return Read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TensorFileException($"The file cannot be read: {e.Message}", e);
        }
    }

    private static TensorEntry Read(FileStream stream)
    {
        var prefix = new byte[12];
        var read = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (read < prefix.Length || !IsMagic(prefix)) throw Bad("it does not begin as one");
        var wide = prefix[6] >= 2;
        var length = wide ? BitConverter.ToUInt32(prefix, 8) : BitConverter.ToUInt16(prefix, 8);
        var start = wide ? 12 : 10;
        if (length > LongestHeader || start + length > stream.Length) throw Bad($"its header claims {length} bytes");
        var header = new byte[length];
        stream.Position = start;
        stream.ReadExactly(header);
        var text = Encoding.Latin1.GetString(header);
        var (type, size) = Type(Match(Descr(), text, "descr"));
        var shape = Match(Shape(), text, "shape").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : throw Bad($"its shape holds '{part}'")).ToArray();
        if (Match(Order(), text, "fortran_order") == "True" && shape.Length > 1)
            throw new TensorFileException("The array is stored by columns (fortran_order): save numpy.ascontiguousarray(array).");
        var bytes = (long)size;
        foreach (var count in shape)
        {
            if (count != 0 && bytes > long.MaxValue / count) throw Bad("its shape is larger than any file");
            bytes *= count;
        }
        var offset = start + length;
        return stream.Length - offset == bytes ? new TensorEntry(type, shape, offset, bytes) : throw Bad($"it has {stream.Length - offset} bytes of numbers where its shape and type need {bytes}");
    }

    private static bool IsMagic(byte[] prefix) => prefix[0] == 0x93 && prefix.AsSpan(1, 5).SequenceEqual("NUMPY"u8);

    private static (TensorType Type, int Size) Type(string descr)
    {
        TensorType type = descr switch
        {
            "<f4" => TensorType.Float32,
            "<f8" => TensorType.Float64,
            "<f2" => TensorType.Float16,
            "<i8" => TensorType.Int64,
            "<i4" => TensorType.Int32,
            "<i2" => TensorType.Int16,
            "|i1" => TensorType.Int8,
            "|u1" => TensorType.UInt8,
            "|b1" => TensorType.Bool,
            _ => throw new TensorFileException($"The array has the element type '{descr}'; little-endian floats, signed integers, uint8 and bool can be read: save array.astype('float32')."),
        };
        return (type, TensorData.SizeOf(type));
    }

    private static string Match(Regex pattern, string text, string field) =>
        pattern.Match(text) is { Success: true } match ? match.Groups["value"].Value : throw Bad($"its header has no {field} as NumPy writes it");

    private static TensorFileException Bad(string what) => new($"The file is no npy file: {what}.");

    [GeneratedRegex("'descr': *'(?<value>[^']{1,16})'", RegexOptions.CultureInvariant)]
    private static partial Regex Descr();

    [GeneratedRegex("'shape': *\\((?<value>[0-9, ]*)\\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex("'fortran_order': *(?<value>True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex Order();
}
