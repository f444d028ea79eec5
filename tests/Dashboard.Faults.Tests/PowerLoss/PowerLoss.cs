namespace Dashboard.Faults.Tests;

/// <summary>What a power loss makes of that which no sync had made durable.</summary>
internal enum PowerLoss
{
    /// <summary>None of it is there.</summary>
    Drops,
    /// <summary>All of it is there, as after the end of a process.</summary>
    Keeps,
    /// <summary>Of each file and folder what came first is there, the next write torn, the rest not.</summary>
    Tears,
    /// <summary>Any sectors of any writes are there and any names, later ones without earlier ones; a file may have its length without its content.</summary>
    Reorders,
}
