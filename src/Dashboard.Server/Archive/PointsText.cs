using System.Buffers.Text;
using System.Globalization;
using Dashboard.Series;

namespace Dashboard.Server;

/// <summary>
/// Points as lines <c>step,wall_time,value,nan</c>. Numbers are the shortest decimal texts that give the same double again, -0 among them; the last column holds the bits of
/// a value that is not a number, as 16 hex digits, and is empty otherwise.
/// </summary>
internal static class PointsText
{
    /// <summary>Longest line: 20 bytes of step, 24 of either number, 16 of bits, 3 commas, the end of the line, and room for an unkind writer.</summary>
    public const int MostLineBytes = 256;

    public static ReadOnlySpan<byte> Header => "step,wall_time,value,nan\n"u8;

    /// <summary>Writes points from a row on as long as there is room; answers how many and how many bytes.</summary>
    public static (int Rows, int Bytes) Write(SeriesColumns points, int from, Span<byte> room)
    {
        var at = 0;
        var row = from;
        for (; row < points.Count && room.Length - at >= MostLineBytes; row++)
        {
            Utf8Formatter.TryFormat(points.Steps[row], room[at..], out var written);
            at += written;
            room[at++] = (byte)',';
            points.WallTimes[row].TryFormat(room[at..], out written, default, CultureInfo.InvariantCulture);
            at += written;
            room[at++] = (byte)',';
            var value = points.Values[row];
            value.TryFormat(room[at..], out written, default, CultureInfo.InvariantCulture);
            at += written;
            room[at++] = (byte)',';
            if (double.IsNaN(value))
            {
                BitConverter.DoubleToUInt64Bits(value).TryFormat(room[at..], out written, "x16", CultureInfo.InvariantCulture);
                at += written;
            }
            room[at++] = (byte)'\n';
        }
        return (row - from, at);
    }

    /// <summary>Reads one line, without its end; false where it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out long step, out double wallTime, out double value)
    {
        wallTime = value = 0;
        if (!Utf8Parser.TryParse(line, out step, out var read) || read == line.Length || line[read] != ',')
            return false;
        line = line[(read + 1)..];
        var comma = line.IndexOf((byte)',');
        if (comma < 0 || !TryNumber(line[..comma], out wallTime) || !double.IsFinite(wallTime))
            return false;
        line = line[(comma + 1)..];
        comma = line.IndexOf((byte)',');
        if (comma < 0 || !TryNumber(line[..comma], out value))
            return false;
        line = line[(comma + 1)..];
        if (line.IsEmpty)
            return true;
        if (line.Length != 16 || !double.IsNaN(value) || !ulong.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            return false;
        value = BitConverter.UInt64BitsToDouble(bits);
        return double.IsNaN(value);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
}
