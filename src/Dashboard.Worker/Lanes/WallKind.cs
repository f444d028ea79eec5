namespace Dashboard.Worker;

/// <summary>What keeps an engine in.</summary>
internal enum WallKind
{
    /// <summary>Nothing but limits.</summary>
    None,

    /// <summary>Namespaces of its own. To the machine it is this worker's user, without a capability; inside nobody.</summary>
    SameUser,

    /// <summary>Namespaces of its own, as a user without rights: where the worker is root, and may make namespaces without a user's.</summary>
    OwnUser,
}
