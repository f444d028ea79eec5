namespace Dashboard.Contracts;

/// <summary>What a key may do, as the interface names it.</summary>
public static class ApiKeyRoles
{
    /// <summary>Reads.</summary>
    public const string Read = "read";
    /// <summary>Reads and writes.</summary>
    public const string Write = "write";
    /// <summary>Leases jobs and reads what they are given.</summary>
    public const string Worker = "worker";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Write, Read, Worker];
}
