using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Tells what is kept in memory of runs that commits changed them. Apart from it, because the store is made with this in hand.</summary>
internal sealed class RunChangeLog
{
    private Action<string, string>? _runChanged;
    private Action<string, long, IReadOnlyList<(string Tag, RecordKind Kind)>>? _seriesAdded;

    /// <summary>Has a project's name and a run's id passed on for each run that is made, changed or removed, on the writer's thread.</summary>
    public void OnRunChanged(Action<string, string> listener) => _runChanged += listener;

    /// <summary>Has a project's name, the commit and the series passed on for series that are named for the first time, on the writer's thread.</summary>
    public void OnSeriesAdded(Action<string, long, IReadOnlyList<(string Tag, RecordKind Kind)>> listener) => _seriesAdded += listener;

    public void RunChanged(string project, string runId) => _runChanged?.Invoke(project, runId);

    public void SeriesAdded(string project, long seq, IReadOnlyList<(string Tag, RecordKind Kind)> series) => _seriesAdded?.Invoke(project, seq, series);
}
