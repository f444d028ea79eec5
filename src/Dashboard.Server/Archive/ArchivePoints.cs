using System.Runtime.CompilerServices;
using Dashboard.Series;

namespace Dashboard.Server;

/// <summary>Points of an entry as the blocks that the store takes.</summary>
internal static class ArchivePoints
{
    /// <summary>Reads an entry of points; exactly <paramref name="expected"/> must be in it.</summary>
    /// <exception cref="InvalidDataException">A line is none, or there are more or fewer.</exception>
    public static async IAsyncEnumerable<SeriesColumns> ReadAsync(Stream stream, long expected, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lines = new ArchiveLineReader(stream, PointsText.MostLineBytes);
        if (await lines.ReadAsync(cancellation) is not { } header || !header.Span.SequenceEqual(PointsText.Header[..^1]))
            throw new InvalidDataException("The first line must be step,wall_time,value,nan.");
        long count = 0;
        var points = New();
        var rows = 0;
        while (await lines.ReadBlockAsync(cancellation) is { IsEmpty: false } block)
        {
            for (var at = 0; at < block.Length;)
            {
                at += Fill(block.Span[at..], points, ref rows, count);
                if (rows < SeriesLevels.ChunkSpan)
                    continue;
                count += rows;
                yield return points;
                (points, rows) = (New(), 0);
            }
        }
        if (rows > 0)
        {
            count += rows;
            yield return new SeriesColumns(points.Steps, points.WallTimes, points.Values, rows);
        }
        if (count != expected)
            throw new InvalidDataException($"The entry has {count} points and {ArchiveFormat.Series} says {expected}.");
    }

    // Returns the bytes that were read: all of the block, or up to where the columns are full.
    private static int Fill(ReadOnlySpan<byte> block, SeriesColumns points, ref int rows, long before)
    {
        var at = 0;
        while (at < block.Length && rows < SeriesLevels.ChunkSpan)
        {
            var length = block[at..].IndexOf((byte)'\n');
            if (length < 0)
                length = block.Length - at;
            if (!PointsText.TryRead(block.Slice(at, length), out points.Steps[rows], out points.WallTimes[rows], out points.Values[rows]))
                throw new InvalidDataException($"Line {before + rows + 2} is no point: step,wall_time,value,nan.");
            rows++;
            at += length + 1;
        }
        return at;
    }

    private static SeriesColumns New() =>
        new(new long[SeriesLevels.ChunkSpan], new double[SeriesLevels.ChunkSpan], new double[SeriesLevels.ChunkSpan], SeriesLevels.ChunkSpan);
}
