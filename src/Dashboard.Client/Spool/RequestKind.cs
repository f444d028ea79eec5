namespace Dashboard.Client;

/// <summary>What a request does. The numbers are stored in spool files; never renumber.</summary>
internal enum RequestKind
{
    /// <summary>Posts events.</summary>
    Events = 0,
    /// <summary>Creates or changes the run.</summary>
    Run = 1,
    /// <summary>Uploads an artifact.</summary>
    Artifact = 2,
}
