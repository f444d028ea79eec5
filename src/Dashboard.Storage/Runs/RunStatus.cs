namespace Dashboard.Storage;

/// <summary>What a run's job last said of itself. The numbers are stored; never renumber.</summary>
public enum RunStatus
{
    /// <summary>The job is logging, or died without a word.</summary>
    Running = 0,
    /// <summary>The job said it ended well.</summary>
    Finished = 1,
    /// <summary>The job said it failed.</summary>
    Failed = 2,
}
