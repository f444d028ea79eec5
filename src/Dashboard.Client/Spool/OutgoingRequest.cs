namespace Dashboard.Client;

/// <summary>A request that waits to be sent: its body is in memory, in a spool file, or in both. The lane it waits in owns it.</summary>
internal sealed class OutgoingRequest(RequestHeader header, long number)
{
    public RequestHeader Header { get; } = header;

    /// <summary>Place within the writer's order; also its file name.</summary>
    public long Number { get; } = number;

    public byte[]? Body { get; set; }

    public string? File { get; set; }

    /// <summary>Bytes of <see cref="File"/>.</summary>
    public long FileBytes { get; set; }

    /// <summary>The dead process's folder it was found in, or null for this process's own.</summary>
    public OrphanFolder? Orphan { get; init; }
}
