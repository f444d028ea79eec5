using System.Collections.Concurrent;

namespace Dashboard.Storage;

/// <summary>A run that is being written to. Made and changed by the writer's thread alone; others only look.</summary>
internal sealed class RunState(long key, string id, string project, string name)
{
    public long Key { get; } = key;
    public string Id { get; } = id;
    public string Project { get; } = project;
    public string Name { get; set; } = name;

    /// <summary>Series that were touched since the run was loaded; a series that is not here is as its row says.</summary>
    public ConcurrentDictionary<(RecordKind Kind, string Tag), SeriesState> Series { get; } = new();

    /// <summary>When the last batch came, seconds since the Unix epoch.</summary>
    public double Touched { get; set; }

    /// <summary>What of <see cref="Touched"/> the row knows.</summary>
    public double TouchedStored { get; set; }

    /// <summary>Removed for good; nothing more may be written.</summary>
    public volatile bool Removed;
}
