using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Decodes <c>application/vnd.lossboard.scalars</c>; docs/binary-scalars.md describes it byte by byte.</summary>
internal ref struct BinaryScalarsDecoder
{
    [Flags]
    private enum Layout : byte
    {
        None = 0,
        SingleValues = 1,
        StrideSteps = 2,
        DoubleWallTimes = 4,
        MillisecondWallTimes = 8,
        All = SingleValues | StrideSteps | DoubleWallTimes | MillisecondWallTimes,
    }

    private readonly ReadOnlySpan<byte> _body;
    private readonly BodyErrors _errors;
    private readonly BatchBuilder _batch;
    private int _at;
    private int _index;

    private BinaryScalarsDecoder(ReadOnlySpan<byte> body, ApiLimits limits, double now)
    {
        _body = body;
        _errors = new BodyErrors(limits.MaxErrors);
        _batch = new BatchBuilder(limits, _errors, "series", now);
        _index = -1;
    }

    /// <summary>Decodes and validates a body.</summary>
    /// <exception cref="ApiProblemException">400 where the bytes do not follow the format, 422 where what they say is refused.</exception>
    public static IngestBatch Decode(ReadOnlySpan<byte> body, ApiLimits limits, double now)
    {
        var decoder = new BinaryScalarsDecoder(body, limits, now);
        decoder.ReadBody();
        return decoder._batch.Build();
    }

    private void ReadBody()
    {
        if (!Take(4, "the magic bytes").SequenceEqual("LBS1"u8))
            throw Broken("the body must begin with the bytes LBS1");
        var projectLength = BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "the length of the project name"));
        var runLength = BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "the length of the run name"));
        var series = BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "the count of series"));
        _batch.Project = Text(Take(projectLength, "the project name"), "/project");
        _batch.Run = Text(Take(runLength, "the run name"), "/run");
        Align();
        for (_index = 0; _index < series; _index++)
            ReadSeries();
        if (_at != _body.Length)
            throw Broken($"{_body.Length - _at} bytes follow the last series");
    }

    private void ReadSeries()
    {
        var head = Take(8, "the head of a series");
        var tagLength = BinaryPrimitives.ReadUInt16LittleEndian(head);
        var layout = (Layout)head[2];
        var count = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if ((layout & ~Layout.All) != 0 || (layout & (Layout.DoubleWallTimes | Layout.MillisecondWallTimes)) == (Layout.DoubleWallTimes | Layout.MillisecondWallTimes) || head[3] != 0)
            throw Broken($"the flags 0x{head[2]:X2} 0x{head[3]:X2} are not known");
        if (count > int.MaxValue / 32)
            throw Broken($"{count} points cannot fit in a body");
        var tag = Take(tagLength, "the tag");
        Align();
        long stepStart = 0, stepStride = 0, wallStart = 0;
        if (layout.HasFlag(Layout.StrideSteps))
        {
            stepStart = BinaryPrimitives.ReadInt64LittleEndian(Take(8, "the first step"));
            stepStride = BinaryPrimitives.ReadInt64LittleEndian(Take(8, "the stride of the steps"));
        }
        if (layout.HasFlag(Layout.MillisecondWallTimes))
            wallStart = BinaryPrimitives.ReadInt64LittleEndian(Take(8, "the first wall time"));
        // Every column is found before any is copied: a count that the body cannot hold reserves nothing.
        var points = (int)count;
        var steps = layout.HasFlag(Layout.StrideSteps) ? default : Column<long>(points, "steps");
        var wallTimes = layout.HasFlag(Layout.DoubleWallTimes) ? Column<double>(points, "wall times") : default;
        var wallOffsets = layout.HasFlag(Layout.MillisecondWallTimes) ? Column<uint>(points, "wall times") : default;
        var singles = layout.HasFlag(Layout.SingleValues) ? Column<float>(points, "values") : default;
        var doubles = layout.HasFlag(Layout.SingleValues) ? default : Column<double>(points, "values");
        if (layout.HasFlag(Layout.StrideSteps) && !StrideFits(stepStart, stepStride, points))
        {
            _errors.Add($"/series/{_index}/steps", "out_of_range", "Start and stride reach steps that do not fit in 64 bits.");
            return;
        }
        if (!CheckTag(tag) || _batch.Series(tag, _index) is not { } builder)
            return;
        _batch.Count(points, _index);
        builder.Extend(points, out var stepRoom, out var wallRoom, out var valueRoom);
        if (layout.HasFlag(Layout.StrideSteps))
        {
            for (var at = 0; at < stepRoom.Length; at++)
                stepRoom[at] = stepStart + at * stepStride;
        }
        else
            steps.CopyTo(stepRoom);
        CopyWallTimes(layout, wallTimes, wallStart, wallOffsets, wallRoom);
        if (layout.HasFlag(Layout.SingleValues))
        {
            for (var at = 0; at < valueRoom.Length; at++)
                valueRoom[at] = singles[at];
        }
        else
            doubles.CopyTo(valueRoom);
    }

    private readonly void CopyWallTimes(Layout layout, ReadOnlySpan<double> times, long start, ReadOnlySpan<uint> offsets, Span<double> room)
    {
        if (layout.HasFlag(Layout.MillisecondWallTimes))
        {
            for (var at = 0; at < room.Length; at++)
                room[at] = ((double)start + offsets[at]) / 1000;
        }
        else if (layout.HasFlag(Layout.DoubleWallTimes))
        {
            times.CopyTo(room);
            for (var at = 0; at < room.Length; at++)
            {
                if (!double.IsFinite(room[at]))
                    _errors.Add($"/series/{_index}/wall_times/{at}", "out_of_range", "A wall time must be finite: seconds since the Unix epoch.");
            }
        }
        else
            room.Fill(_batch.Now);
    }

    private static bool StrideFits(long start, long stride, int points)
    {
        if (points == 0)
            return true;
        var last = start + (Int128)stride * (points - 1);
        return last >= long.MinValue && last <= long.MaxValue;
    }

    private readonly bool CheckTag(ReadOnlySpan<byte> tag)
    {
        if (System.Text.Unicode.Utf8.IsValid(tag))
            return true;
        _errors.Add($"/series/{_index}/tag", "invalid_utf8", "The tag is not valid UTF-8.");
        return false;
    }

    private readonly string Text(ReadOnlySpan<byte> utf8, string pointer)
    {
        if (System.Text.Unicode.Utf8.IsValid(utf8))
            return Encoding.UTF8.GetString(utf8);
        _errors.Add(pointer, "invalid_utf8", "The name is not valid UTF-8.");
        return "-";
    }

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > _body.Length - _at)
            throw Broken($"the body ends within {what}");
        var taken = _body.Slice(_at, count);
        _at += count;
        return taken;
    }

    private ReadOnlySpan<T> Column<T>(int count, string what)
        where T : unmanaged
    {
        var column = MemoryMarshal.Cast<byte, T>(Take(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>(), $"the {what} of '{_index}'"));
        Align();
        return column;
    }

    // Columns begin at multiples of eight, so that a sender can lay them out as arrays.
    private void Align() => Take(-_at & 7, "the padding");

    private readonly ApiProblemException Broken(string what) =>
        ApiProblems.Malformed("malformed_body", $"Not a valid {MediaTypes.Scalars} body: {what} (byte {_at}).", _index < 0 ? "" : $"/series/{_index}");
}
