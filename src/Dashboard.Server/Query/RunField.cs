namespace Dashboard.Server;

/// <summary>What a path of the query language reads of a run.</summary>
internal enum RunField
{
    Id,
    Name,
    Group,
    Parent,
    Status,
    Tags,
    Notes,
    Created,
    Updated,
    Duration,
    Config,
    Summary,
}
