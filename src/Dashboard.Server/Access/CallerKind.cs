namespace Dashboard.Server;

/// <summary>What tells who is calling.</summary>
internal enum CallerKind
{
    /// <summary>Nothing does.</summary>
    Nobody,
    /// <summary>The machine itself: a server without accounts listens to nobody else.</summary>
    Local,
    /// <summary>A session of a person who signed in.</summary>
    Account,
    /// <summary>A key in the request's header.</summary>
    Key,
    /// <summary>Share links that were opened.</summary>
    Share,
}
