namespace Dashboard.Server;

/// <summary>What a path reads of the summary of a scalar series.</summary>
internal enum SummaryStatistic
{
    Last,
    Min,
    Max,
    Step,
}
