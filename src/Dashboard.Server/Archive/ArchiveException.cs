namespace Dashboard.Server;

/// <summary>An archive that cannot be taken in, or a project that cannot be written as one, with the entry at fault.</summary>
internal sealed class ArchiveException(string entry, string reason) : Exception(entry.Length == 0 ? reason : $"{entry}: {reason}")
{
    /// <summary>Name of the entry; empty where it is the archive as a whole.</summary>
    public string Entry { get; } = entry;

    /// <summary>True where it is larger than what is taken in.</summary>
    public bool IsTooLarge { get; init; }
}
