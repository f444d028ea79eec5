namespace Dashboard.Analysis;

/// <summary>Tells how far one stage of a computation is, as a part of the whole. Steps may come from several threads; what is told comes from one at a time and never falls.</summary>
internal sealed class Advance(ComputeOptions options, double from, double to, long steps)
{
    // A listener hears at most so many reports a stage: each may become a message.
    private const int Reports = 200;

    private readonly Lock _lock = new();
    private long _done;
    private long _told = -1;

    /// <summary>Some more steps are done.</summary>
    public void Step(long count = 1)
    {
        if (options.Progress is null) return;
        lock (_lock)
        {
            _done = Math.Min(steps, _done + count);
            var told = _done * Reports / Math.Max(1, steps);
            if (told <= _told) return;
            _told = told;
            options.Progress.Report(from + (to - from) * _done / Math.Max(1, steps));
        }
    }
}
