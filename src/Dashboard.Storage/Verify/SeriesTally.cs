using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>What the points of a series amount to as they are read from its chunks, to be compared with what its row and its coarse levels say.</summary>
internal sealed class SeriesTally
{
    private readonly List<(long FirstIndex, LevelEntry Entry)> _coarse = [];
    private LevelEntry? _block;
    private LevelEntry? _before;
    private LevelEntry? _last;

    /// <summary>False once points could not be read: what follows is not known as a whole.</summary>
    public bool Whole { get; private set; } = true;

    public long Count { get; private set; }

    public long FirstStep { get; private set; }

    public long LastStep => _last!.Value.FirstStep;

    public double LastValue => _last!.Value.FirstValue;

    /// <summary>Extremes of the finite values before the last one, NaN where there is none.</summary>
    public (double Min, double Max) Before => _before is { } before ? (before.Min, before.Max) : (double.NaN, double.NaN);

    /// <summary>Finished blocks of 32,768 points, and no others.</summary>
    public IReadOnlyList<(long FirstIndex, LevelEntry Entry)> Coarse => _coarse;

    /// <summary>Notes that points up to an index are lost.</summary>
    public void Skip(long end)
    {
        Whole = false;
        Count = Math.Max(Count, end);
        _block = null;
    }

    /// <summary>Adds the points that follow.</summary>
    public void Add(SeriesColumns points, int count)
    {
        if (count <= 0) return;
        var steps = points.Steps.AsSpan(0, count);
        var wallTimes = points.WallTimes.AsSpan(0, count);
        var values = points.Values.AsSpan(0, count);
        if (Count == 0) FirstStep = steps[0];
        if (_last is { } last) _before = Merged(_before, last);
        if (count > 1) _before = Merged(_before, SeriesLevels.Summarize(steps[..^1], wallTimes[..^1], values[..^1]));
        _last = SeriesLevels.Summarize(steps[^1..], wallTimes[^1..], values[^1..]);

        // A chunk never crosses a multiple of its span, of which a block is one.
        if (Count % SeriesLevels.CoarseSpan == 0) _block = SeriesLevels.Summarize(steps, wallTimes, values);
        else if (_block is { } block) _block = SeriesLevels.Merge(block, SeriesLevels.Summarize(steps, wallTimes, values));
        Count += count;
        if (Count % SeriesLevels.CoarseSpan == 0 && _block is { Count: SeriesLevels.CoarseSpan } finished) _coarse.Add((Count - SeriesLevels.CoarseSpan, finished));
    }

    // Counts do not matter here, and would overflow on a long series.
    private static LevelEntry Merged(LevelEntry? before, LevelEntry later)
    {
        if (before is not { } known) return later with { Count = 1, NonFinite = 0 };
        var merged = SeriesLevels.Merge(known with { Count = 1, NonFinite = 0 }, later with { Count = 1, NonFinite = 0 });
        return merged with { Count = 1 };
    }
}
