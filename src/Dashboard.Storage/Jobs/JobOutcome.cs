namespace Dashboard.Storage;

/// <summary>How a lease ends.</summary>
public sealed record JobOutcome
{
    /// <summary>The whole result, as it is to be given back; null where there is none.</summary>
    public byte[]? Result { get; init; }

    /// <summary>Why there is none.</summary>
    public string? Error { get; init; }

    /// <summary>Stable code of the failure.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The lease ended in a death: the job goes back to the queue, and is set aside as failed at the last of <see cref="MostDeaths"/>.</summary>
    public bool Died { get; init; }

    /// <summary>Deaths at which a job is set aside.</summary>
    public int MostDeaths { get; init; }

    /// <summary>The job goes back to the queue, and nothing is held against it.</summary>
    public bool GivenBack { get; init; }

    /// <summary>What computed it, or null for no change.</summary>
    public string? Backend { get; init; }

    /// <summary>Last lines for the log.</summary>
    public IReadOnlyList<LogLine> Log { get; init; } = [];
}
