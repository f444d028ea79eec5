using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Where a run is kept. Together they name several places.</summary>
[Flags]
internal enum RunState
{
    None = 0,
    Live = 1,
    Archived = 2,
    Trash = 4,
}

/// <summary>Which state a run is in, and its name on the wire.</summary>
internal static class RunStates
{
    public static RunState Of(RunInfo run) => run.Trashed is not null ? RunState.Trash : run.Archived is not null ? RunState.Archived : RunState.Live;

    public static RunState? Parse(string name) => name switch
    {
        "live" => RunState.Live,
        "archived" => RunState.Archived,
        "trash" => RunState.Trash,
        _ => null,
    };
}
