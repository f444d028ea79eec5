namespace Dashboard.Worker;

/// <summary>How a worker was started.</summary>
internal sealed record WorkerOptions
{
    /// <summary>Address of the server.</summary>
    public required Uri Server { get; init; }
    /// <summary>Sent as a bearer token; null where the server asks for none.</summary>
    public string? Key { get; init; }
    /// <summary>Whether the key stands on the command line, where all users of the machine can read it.</summary>
    public bool KeyIsVisible { get; init; }
    /// <summary>Name for people.</summary>
    public string Name { get; init; } = Environment.MachineName;
    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";
    /// <summary>Cores that the processor's lane uses.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;
    /// <summary>Bytes that an engine may have; null for three quarters of the machine's, divided among the lanes.</summary>
    public long? Memory { get; init; }
    /// <summary>An engine of which nothing is heard for this long is stopped.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(10);
    /// <summary>A job that takes longer is stopped; of processor time an engine gets as much for each core, and once more.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(1);
    /// <summary>Folder for inputs; kept between starts.</summary>
    public required string Scratch { get; init; }
    /// <summary>False: models run without walls on purpose.</summary>
    public bool Walls { get; init; } = true;
    /// <summary>The program that raises walls.</summary>
    public string Bubblewrap { get; init; } = "bwrap";
    /// <summary>Process without which this worker stops too.</summary>
    public int? Parent { get; init; }
}
