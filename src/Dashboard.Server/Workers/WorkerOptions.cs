namespace Dashboard.Server;

/// <summary>Workers and the leases they hold; the <c>Worker</c> section of appsettings.json.</summary>
internal sealed class WorkerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Worker";

    /// <summary>Whether this server starts a worker on its own machine; <c>--no-worker</c> of run.sh switches it off.</summary>
    public bool Local { get; set; } = true;

    /// <summary>The worker's program, a .dll or an executable; null for the one that comes with the server.</summary>
    public string? Program { get; set; }

    /// <summary>Cores that the local worker uses; 0 for all.</summary>
    public int Cores { get; set; }

    /// <summary>Seconds until a job whose worker is not heard of goes to another.</summary>
    public double LeaseSeconds { get; set; } = 15;

    /// <summary>Deaths of a worker or its engine after which a job is set aside.</summary>
    public int MostDeaths { get; set; } = 3;
}
