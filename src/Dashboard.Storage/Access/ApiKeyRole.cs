namespace Dashboard.Storage;

/// <summary>What a key may do. The numbers are stored.</summary>
public enum ApiKeyRole
{
    /// <summary>Reads.</summary>
    Read = 1,
    /// <summary>Reads and writes.</summary>
    Write = 2,
    /// <summary>Leases jobs and reads what they are given.</summary>
    Worker = 3,
}
