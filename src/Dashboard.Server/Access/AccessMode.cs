namespace Dashboard.Server;

/// <summary>Whether people have to say who they are.</summary>
internal enum AccessMode
{
    /// <summary>Nobody does: only this machine is listened to.</summary>
    Local,
    /// <summary>Everybody does.</summary>
    Accounts,
}
