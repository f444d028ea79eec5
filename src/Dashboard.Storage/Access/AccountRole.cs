namespace Dashboard.Storage;

/// <summary>What a person is in a project, or on the server. The numbers are stored.</summary>
public enum AccountRole
{
    /// <summary>Reads.</summary>
    Viewer = 1,
    /// <summary>Reads and writes.</summary>
    Member = 2,
    /// <summary>Also decides who else, and what is deleted for good; on every project, owns the server.</summary>
    Owner = 3,
}
