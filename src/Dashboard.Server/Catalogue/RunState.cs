using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Where a run is kept.</summary>
internal enum RunState
{
    Live,
    Archived,
    Trash,
}

/// <summary>Which state a run is in, and its name on the wire.</summary>
internal static class RunStates
{
    public static RunState Of(RunInfo run) => run.Trashed is not null ? RunState.Trash : RunState.Live;

    public static RunState? Parse(string name) => name switch
    {
        "live" => RunState.Live,
        "archived" => RunState.Archived,
        "trash" => RunState.Trash,
        _ => null,
    };
}
