using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>
/// Payload of kinds that are mostly numbers: format byte 1, three zero bytes, header length (u32), header (JSON), then arrays of little-endian floats
/// one after the other: 4 bytes each where that loses nothing, 8 otherwise.
/// </summary>
internal static class PackedPayload
{
    private const byte Format = 1;
    private const int Prefix = 8;

    /// <summary>Bytes a number takes: 4 where every value is exactly a single, else 8.</summary>
    public static int WidthOf(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (BitConverter.DoubleToInt64Bits((float)value) != BitConverter.DoubleToInt64Bits(value))
                return sizeof(double);
        }
        return sizeof(float);
    }

    /// <summary>Puts header and arrays together.</summary>
    public static byte[] Encode(Action<Utf8JsonWriter> header, params (double[] Values, int Width)[] arrays)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
            header(writer);
        var length = Prefix + (int)text.Length + arrays.Sum(array => array.Values.Length * array.Width);
        var payload = new byte[length];
        payload[0] = Format;
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), (uint)text.Length);
        text.GetBuffer().AsSpan(0, (int)text.Length).CopyTo(payload.AsSpan(Prefix));
        var rest = payload.AsSpan(Prefix + (int)text.Length);
        foreach (var (values, width) in arrays)
        {
            if (width == sizeof(double))
                MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(rest);
            else
            {
                for (var at = 0; at < values.Length; at++)
                    BinaryPrimitives.WriteSingleLittleEndian(rest[(at * sizeof(float))..], (float)values[at]);
            }
            rest = rest[(values.Length * width)..];
        }
        return payload;
    }

    /// <summary>Decodes a payload that may be damaged in spite of its checksum, or come from a database that somebody else wrote.</summary>
    /// <exception cref="ApiProblemException">It is not what this version writes.</exception>
    public static T Guard<T>(Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw ApiProblems.Damaged();
        }
    }

    /// <summary>Takes the header out; the arrays follow in <paramref name="arrays"/>.</summary>
    public static JsonElement Decode(byte[] payload, out ReadOnlySpan<byte> arrays)
    {
        if (payload.Length < Prefix || payload[0] != Format)
            throw new InvalidDataException("The payload has an unknown format.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4));
        if (length > payload.Length - Prefix)
            throw new InvalidDataException("The payload ends inside its header.");
        var header = (int)length;
        arrays = payload.AsSpan(Prefix + header);
        using var document = JsonDocument.Parse(payload.AsMemory(Prefix, header));
        return document.RootElement.Clone();
    }

    /// <summary>Takes <paramref name="count"/> numbers off the front of <paramref name="arrays"/>.</summary>
    public static double[] Take(ref ReadOnlySpan<byte> arrays, int count, int width)
    {
        // Before memory is taken for what a header claims.
        if (count < 0 || width is not (sizeof(float) or sizeof(double)) || count > arrays.Length / width)
            throw new InvalidDataException("The payload ends inside its numbers.");
        var values = new double[count];
        if (width == sizeof(double))
            MemoryMarshal.Cast<byte, double>(arrays[..(count * width)]).CopyTo(values);
        else
        {
            for (var at = 0; at < count; at++)
                values[at] = BinaryPrimitives.ReadSingleLittleEndian(arrays[(at * sizeof(float))..]);
        }
        arrays = arrays[(count * width)..];
        return values;
    }
}
