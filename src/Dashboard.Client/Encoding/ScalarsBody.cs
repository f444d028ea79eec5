using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Dashboard.Client;

/// <summary>Scalars of several tags as one packed request body; docs/binary-scalars.md describes it byte by byte.</summary>
internal static class ScalarsBody
{
    public const string ContentType = "application/vnd.lossboard.scalars";

    private const byte SingleValues = 1;
    private const byte StrideSteps = 2;
    private const byte DoubleWallTimes = 4;
    private const byte MillisecondWallTimes = 8;

    public static byte[] Write(string project, string run, IReadOnlyList<TagColumn> columns)
    {
        var body = new Body(columns.Sum(column => column.Count * 24 + column.Tag.Length * 3 + 64) + (project.Length + run.Length) * 3 + 32);
        var (projectName, runName) = (Encoding.UTF8.GetBytes(project), Encoding.UTF8.GetBytes(run));
        body.Bytes("LBS1"u8);
        BinaryPrimitives.WriteUInt16LittleEndian(body.Take(2), checked((ushort)projectName.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(body.Take(2), checked((ushort)runName.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(body.Take(4), (uint)columns.Count);
        body.Bytes(projectName);
        body.Bytes(runName);
        body.Align();
        foreach (var column in columns)
            WriteColumn(ref body, column);
        return body.ToArray();
    }

    private static void WriteColumn(ref Body body, TagColumn column)
    {
        var steps = CollectionsMarshal.AsSpan(column.Steps);
        var times = CollectionsMarshal.AsSpan(column.WallTimes);
        var values = CollectionsMarshal.AsSpan(column.Values);
        var tag = Encoding.UTF8.GetBytes(column.Tag);
        var stride = Stride(steps);
        var firstMillisecond = FirstMillisecond(times);
        var single = FitSingle(values);

        BinaryPrimitives.WriteUInt16LittleEndian(body.Take(2), checked((ushort)tag.Length));
        body.Take(2)[0] = (byte)((single ? SingleValues : 0) | (stride is null ? 0 : StrideSteps) | (firstMillisecond is null ? DoubleWallTimes : MillisecondWallTimes));
        BinaryPrimitives.WriteUInt32LittleEndian(body.Take(4), (uint)column.Count);
        body.Bytes(tag);
        body.Align();
        if (stride is { } by)
        {
            BinaryPrimitives.WriteInt64LittleEndian(body.Take(8), steps[0]);
            BinaryPrimitives.WriteInt64LittleEndian(body.Take(8), by);
        }

        if (firstMillisecond is { } start)
            BinaryPrimitives.WriteInt64LittleEndian(body.Take(8), start);
        if (stride is null)
        {
            foreach (var step in steps)
                BinaryPrimitives.WriteInt64LittleEndian(body.Take(8), step);
        }

        foreach (var time in times)
        {
            if (firstMillisecond is { } from)
                BinaryPrimitives.WriteUInt32LittleEndian(body.Take(4), (uint)(Milliseconds(time) - from));
            else
                BinaryPrimitives.WriteDoubleLittleEndian(body.Take(8), time);
        }

        body.Align();
        foreach (var value in values)
        {
            if (single)
                BinaryPrimitives.WriteSingleLittleEndian(body.Take(4), (float)value);
            else
                BinaryPrimitives.WriteDoubleLittleEndian(body.Take(8), value);
        }

        body.Align();
    }

    /// <summary>The distance that all neighbouring steps have, or null. A single step has the distance 1.</summary>
    private static long? Stride(ReadOnlySpan<long> steps)
    {
        if (steps.Length < 2)
            return 1;
        var stride = (Int128)steps[1] - steps[0];
        if (stride < long.MinValue || stride > long.MaxValue)
            return null;
        for (var i = 2; i < steps.Length; i++)
        {
            if ((Int128)steps[i] - steps[i - 1] != stride)
                return null;
        }

        return (long)stride;
    }

    /// <summary>The earliest time in whole milliseconds, or null where the times are no whole milliseconds within 49 days of each other.</summary>
    private static long? FirstMillisecond(ReadOnlySpan<double> times)
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (var time in times)
        {
            var milliseconds = Milliseconds(time);
            if (BitConverter.DoubleToInt64Bits(milliseconds / 1000.0) != BitConverter.DoubleToInt64Bits(time))
                return null;
            first = Math.Min(first, milliseconds);
            last = Math.Max(last, milliseconds);
        }

        return (Int128)last - first <= uint.MaxValue ? first : null;
    }

    private static long Milliseconds(double time) => (long)Math.Round(time * 1000);

    /// <summary>True where every value is the same, bit for bit, after a way through 32 bits.</summary>
    private static bool FitSingle(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (BitConverter.DoubleToInt64Bits((float)value) != BitConverter.DoubleToInt64Bits(value))
                return false;
        }

        return true;
    }

    /// <summary>A buffer that was made large enough, filled from its start.</summary>
    private struct Body(int capacity)
    {
        private readonly byte[] _buffer = new byte[capacity];
        private int _at;

        public Span<byte> Take(int count)
        {
            var taken = _buffer.AsSpan(_at, count);
            _at += count;
            return taken;
        }

        public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

        /// <summary>Columns begin at multiples of eight.</summary>
        public void Align() => _at += -_at & 7;

        public readonly byte[] ToArray() => _buffer.AsSpan(0, _at).ToArray();
    }
}
