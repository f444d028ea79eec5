namespace Dashboard.Series;

/// <summary>Merges points and level entries, added in logged order, into at most so many buckets of equal shares.</summary>
/// <remarks>
/// An item belongs to the bucket that its first point's position divided by the share gives. The share is one point until there are more positions than
/// buckets; then it is the expected points divided by the buckets, rounded up, and doubles whenever that proves too small. Each share divides the
/// next, so merging buckets gives what the larger share would have given from the start.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed class BucketBuilder
{
    private readonly int _limit;
    private readonly long _expectedShare;
    private Bucket[] _buckets;
    private int _count;
    private long _share = 1;
    private long _bucketEnd;
    private long _end;
    private long _total;
    private bool _endsInPoint;
    private long _lastStep;
    private double _lastWallTime;
    private double _lastValue;

    /// <summary>A builder without points.</summary>
    /// <param name="buckets">Most buckets of the result, at least 1.</param>
    /// <param name="expectedPoints">How many points will come, as far as known: an estimate too high gives fewer buckets, one too low costs merging.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="buckets"/> is below 1, or <paramref name="expectedPoints"/> is negative.</exception>
    public BucketBuilder(int buckets, long expectedPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedPoints);
        _limit = buckets;
        _end = buckets;
        _expectedShare = Math.Max(2, expectedPoints / buckets + (expectedPoints % buckets == 0 ? 0 : 1));
        _buckets = new Bucket[Math.Min(buckets, 64)];
    }

    /// <summary>Adds a run of points by its entry.</summary>
    /// <exception cref="ArgumentException">The entry stands for no point.</exception>
    public void Add(in LevelEntry entry)
    {
        if (entry.Count < 1)
            throw new ArgumentException($"A level entry stands for at least one point, not {entry.Count}.", nameof(entry));
        Put(new Bucket(_total, entry.FirstStep, entry.FirstWallTime, entry.FirstValue, entry.Min, entry.Max, entry.NonFinite));
        _total += entry.Count;
        _endsInPoint = false;
    }

    /// <summary>Adds one point.</summary>
    public void AddPoint(long step, double wallTime, double value)
    {
        var finite = double.IsFinite(value);
        var extreme = finite ? value : double.NaN;
        Put(new Bucket(_total, step, wallTime, value, extreme, extreme, finite ? 0 : 1));
        _total++;
        RememberLast(step, wallTime, value);
    }

    /// <summary>Adds consecutive points.</summary>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public void AddPoints(ReadOnlySpan<long> steps, ReadOnlySpan<double> wallTimes, ReadOnlySpan<double> values)
    {
        SeriesLevels.RequireSameLength(steps, wallTimes, values);
        for (var i = 0; i < steps.Length;)
        {
            MakeRoom(_total);
            var taken = (int)Math.Min(steps.Length - i, (_total < _bucketEnd ? _bucketEnd : EndOfBucket(_total)) - _total);
            var (min, max, nonFinite) = SeriesLevels.ValueRange(values.Slice(i, taken));
            Put(new Bucket(_total, steps[i], wallTimes[i], values[i], min, max, nonFinite));
            _total += taken;
            i += taken;
        }
        if (!steps.IsEmpty)
            RememberLast(steps[^1], wallTimes[^1], values[^1]);
    }

    /// <summary>
    /// The buckets of what was added so far. A bucket is represented by its first point; the last one by the newest point instead, where that was
    /// added as a point.
    /// </summary>
    public BucketedSeries Build()
    {
        var result = new BucketedSeries(
            _total, new long[_count], new double[_count], new double[_count], new double[_count], new double[_count], new int[_count]);
        for (var i = 0; i < _count; i++)
        {
            ref readonly var bucket = ref _buckets[i];
            result.Steps[i] = bucket.Step;
            result.WallTimes[i] = bucket.WallTime;
            result.Values[i] = bucket.Value;
            result.Min[i] = bucket.Min;
            result.Max[i] = bucket.Max;
            result.NonFinite[i] = (int)Math.Min(bucket.NonFinite, int.MaxValue);
        }
        if (_endsInPoint)
        {
            result.Steps[^1] = _lastStep;
            result.WallTimes[^1] = _lastWallTime;
            result.Values[^1] = _lastValue;
        }
        return result;
    }

    private void RememberLast(long step, double wallTime, double value)
    {
        _endsInPoint = true;
        (_lastStep, _lastWallTime, _lastValue) = (step, wallTime, value);
    }

    private void Put(in Bucket item)
    {
        MakeRoom(item.Start);
        if (item.Start < _bucketEnd)
        {
            _buckets[_count - 1].Absorb(item);
            return;
        }
        if (_count == _buckets.Length)
            Array.Resize(ref _buckets, (int)Math.Min(_limit, 2L * _count));
        _buckets[_count++] = item;
        _bucketEnd = EndOfBucket(item.Start);
    }

    private void MakeRoom(long start)
    {
        if (start < _end)
            return;
        do
        {
            _share = _share == 1 ? _expectedShare : _share * 2;
            _end = _share > long.MaxValue / _limit ? long.MaxValue : _share * _limit;
        }
        while (start >= _end);

        var count = _count;
        _count = 0;
        _bucketEnd = 0;
        for (var i = 0; i < count; i++)
            Put(_buckets[i]);
    }

    // Positions are divided only where a bucket begins: a 64-bit division costs more than all else that a point costs.
    private long EndOfBucket(long start) => _share == 1 ? start + 1 : (start / _share + 1) * _share;

    private struct Bucket(long start, long step, double wallTime, double value, double min, double max, long nonFinite)
    {
        public readonly long Start = start;
        public readonly long Step = step;
        public readonly double WallTime = wallTime;
        public readonly double Value = value;
        public double Min = min;
        public double Max = max;
        public long NonFinite = nonFinite;

        public void Absorb(in Bucket later)
        {
            Min = SeriesLevels.SmallerOf(Min, later.Min);
            Max = SeriesLevels.LargerOf(Max, later.Max);
            NonFinite += later.NonFinite;
        }
    }
}
