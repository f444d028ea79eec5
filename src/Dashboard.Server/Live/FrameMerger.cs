using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Turns entries of the feed into the frames of one subscription: points of one (run, tag) become one frame however many commits they came in.</summary>
internal sealed class FrameMerger(LiveSubscription subscription, ProjectScope scope, ApiLimits limits, DashboardQueries queries)
{
    // A frame of this size is a message of some 600 kB at the most; longer ones hold up everything behind them.
    private const int FramePoints = 10_000;

    private readonly HashSet<string>? _runs = subscription.RunIds?.ToHashSet();
    private readonly HashSet<string>? _tags = subscription.Tags?.ToHashSet();
    private readonly Dictionary<(string RunId, string Tag), Pending> _points = [];
    private readonly Dictionary<string, FeedEntry> _changed = [];
    private readonly Dictionary<string, FeedEntry> _jobs = [];
    private readonly List<LiveFrame> _added = [];

    /// <summary>Points up to this commit are with the subscriber already.</summary>
    public long AfterSeq { get; set; } = -1;

    /// <summary>The frames for a stretch of the feed, ordered by commit; null where they are more than may wait for one subscriber.</summary>
    public async Task<List<LiveFrame>?> MergeAsync(IReadOnlyList<FeedEntry> entries)
    {
        try
        {
            return Gather(entries) ? await FramesAsync() : null;
        }
        finally
        {
            _points.Clear();
            _changed.Clear();
            _jobs.Clear();
            _added.Clear();
        }
    }

    private bool Gather(IReadOnlyList<FeedEntry> entries)
    {
        long points = 0;
        foreach (var entry in entries)
        {
            if (entry.Project != subscription.Project)
                continue;
            if (entry.Job is { } job)
            {
                if (subscription.Jobs == true && JobRuns.Shows(scope, job.Spec))
                    _jobs[job.Id] = entry;
                continue;
            }
            if (_runs?.Contains(entry.RunId) == false || !scope.Shows(entry.RunId))
                continue;
            if (entry.Added is { } added)
                Add(entry, scope.IsWhole ? added : [.. added.Where(one => scope.Shows(entry.RunId, one.Tag))]);
            else if (entry.Blocks is { } blocks)
                points += entry.Seq > AfterSeq ? Gather(entry, blocks) : 0;
            else
                _changed[entry.RunId] = entry;
            if (points > limits.MaxLivePendingPoints)
                return false;
        }
        return true;
    }

    private void Add(FeedEntry entry, IReadOnlyList<AddedSeries> added)
    {
        if (added.Count > 0)
            _added.Add(new LiveFrame { Seq = entry.Seq, RunId = entry.RunId, Added = added });
    }

    private long Gather(FeedEntry entry, IReadOnlyList<ScalarBlock> blocks)
    {
        long points = 0;
        foreach (var block in blocks)
        {
            if (block.Points.Count == 0 || _tags?.Contains(block.Tag) == false || !scope.Shows(entry.RunId, block.Tag))
                continue;
            if (!_points.TryGetValue((entry.RunId, block.Tag), out var pending))
                _points[(entry.RunId, block.Tag)] = pending = new Pending();
            pending.Seq = entry.Seq;
            pending.Blocks.Add(block);
            points += block.Points.Count;
        }
        return points;
    }

    private async Task<List<LiveFrame>> FramesAsync()
    {
        var frames = new List<LiveFrame>(_added);
        foreach (var ((runId, tag), pending) in _points)
            AddPoints(frames, runId, tag, pending);
        foreach (var entry in _changed.Values)
        {
            var run = entry.Removed ? null : Seen(await entry.ViewAsync(queries));
            // A run that is gone by the time it is read has a later entry that says so.
            if (entry.Removed || run is not null)
                frames.Add(new LiveFrame { Seq = entry.Seq, RunId = entry.RunId, Run = run, Removed = entry.Removed ? true : null });
        }
        frames.AddRange(_jobs.Values.Select(entry => new LiveFrame { Seq = entry.Seq, Job = entry.Job, Removed = entry.Removed ? true : null }));
        return [.. frames.OrderBy(frame => frame.Seq)];
    }

    // The view is shared by all subscribers, and not all of them see all of it.
    private RunView? Seen(RunView? run) => run is null || scope.TagsOf(run.Id) is not { } tags ? run : RunViews.OfTags(run, tags);

    private static void AddPoints(List<LiveFrame> frames, string runId, string tag, Pending pending)
    {
        var total = pending.Blocks.Sum(block => block.Points.Count);
        var (steps, wallTimes, values) = (new long[total], new double[total], new double[total]);
        var at = 0;
        foreach (var block in pending.Blocks)
        {
            var points = block.Points;
            points.Steps.AsSpan(0, points.Count).CopyTo(steps.AsSpan(at));
            points.WallTimes.AsSpan(0, points.Count).CopyTo(wallTimes.AsSpan(at));
            points.Values.AsSpan(0, points.Count).CopyTo(values.AsSpan(at));
            at += points.Count;
        }
        for (var first = 0; first < total; first += FramePoints)
        {
            var range = first..Math.Min(first + FramePoints, total);
            frames.Add(new LiveFrame { Seq = pending.Seq, RunId = runId, Tag = tag, Steps = steps[range], Values = values[range], WallTimes = wallTimes[range] });
        }
    }

    private sealed class Pending
    {
        public long Seq { get; set; }
        public List<ScalarBlock> Blocks { get; } = [];
    }
}
