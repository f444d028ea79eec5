namespace Dashboard.Analysis;

/// <summary>Tells how far a projection is: each stage's own progress, weighted by what the stages were expected to cost, and the time left by the pace of the one that runs.</summary>
internal sealed class ProjectionTrack(ProjectionPlan plan, IProjectionObserver? observer, TimeProvider time) : IProgress<double>
{
    // Before that much of a stage is done, and it has taken that long, its pace means little.
    private const double LeastShare = 0.02;
    private const double LeastSeconds = 0.3;

    private readonly IReadOnlyList<(string Stage, double Cost)> _stages = plan.Stages();
    private int _at = -1;
    private string _word = "";
    private double _told;
    private long _began;

    /// <summary>The next stage of a name begins; those before it are done.</summary>
    public void Begin(string stage)
    {
        do _at++;
        while (_stages[_at].Stage != stage);
        (_word, _began) = (stage, time.GetTimestamp());
        Tell(Before, null);
    }

    /// <summary>The same stage goes on under another word.</summary>
    public void Continue(string word) => _word = word;

    /// <inheritdoc/>
    public void Report(double value)
    {
        var (cost, total) = (_stages[_at].Cost, _stages.Sum(stage => stage.Cost));
        var done = Before + cost * Math.Clamp(value, 0, 1);
        var elapsed = time.GetElapsedTime(_began).TotalSeconds;
        Tell(done, value >= LeastShare && elapsed >= LeastSeconds ? elapsed / (cost * value) * (total - done) : null);
    }

    /// <summary>All is done.</summary>
    public void End() => Tell(_stages.Sum(stage => stage.Cost), 0);

    private double Before => _stages.Take(_at).Sum(stage => stage.Cost);

    private void Tell(double done, double? left)
    {
        _told = Math.Max(_told, done / _stages.Sum(stage => stage.Cost));
        observer?.Advance(new ProjectionProgress(_word, _told, left));
    }
}
