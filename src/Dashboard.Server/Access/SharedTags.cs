namespace Dashboard.Server;

/// <summary>What an endpoint shows to a share link that is limited to some tags.</summary>
internal enum SharedTags
{
    /// <summary>Nothing: what it shows is of the whole run.</summary>
    Whole,
    /// <summary>The series that the query's <c>tag</c> names, where that is one of them; <see cref="AccessGate"/> sees to it.</summary>
    OfQuery,
    /// <summary>What the endpoint chooses itself.</summary>
    OfHandler,
}
