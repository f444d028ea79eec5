using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Values of <see cref="JobView.ErrorCode"/> that a worker gives.</summary>
internal static class JobErrors
{
    /// <summary>What was asked for does not fit together.</summary>
    public const string BadInput = "bad_input";
    /// <summary>Memory did not suffice, however small the batch.</summary>
    public const string OutOfMemory = "out_of_memory";
    /// <summary>Nothing was heard of the engine for too long.</summary>
    public const string TimeLimit = "time_limit";
    /// <summary>The engine's process ended by itself.</summary>
    public const string EngineDied = "engine_died";
    /// <summary>libtorch refused.</summary>
    public const string EngineFailed = "engine_failed";
}
