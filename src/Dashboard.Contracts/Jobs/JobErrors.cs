namespace Dashboard.Contracts;

/// <summary>Values of <see cref="JobView.ErrorCode"/>.</summary>
public static class JobErrors
{
    /// <summary>What was asked for does not fit together.</summary>
    public const string BadInput = "bad_input";
    /// <summary>Memory did not suffice, however small the batch.</summary>
    public const string OutOfMemory = "out_of_memory";
    /// <summary>Nothing was heard of the engine for too long.</summary>
    public const string TimeLimit = "time_limit";
    /// <summary>The engine's process ended by itself.</summary>
    public const string EngineDied = "engine_died";
    /// <summary>The worker was not heard of any more.</summary>
    public const string WorkerDied = "worker_died";
    /// <summary>libtorch refused.</summary>
    public const string EngineFailed = "engine_failed";
}
