namespace Dashboard.Analysis;

/// <summary>How a forest is grown.</summary>
public sealed record ForestOptions
{
    /// <summary>Trees. Out-of-bag figures hardly move beyond some hundreds [Breiman 2001].</summary>
    public int Trees { get; init; } = 200;

    /// <summary>Rows drawn for each tree at the most, with replacement; as many as there are rows where those are fewer. What is not drawn judges the tree.</summary>
    public int MaxSample { get; init; } = 1500;

    /// <summary>Rows that judge each tree at the most, drawn from those it has not seen.</summary>
    public int MaxJudged { get; init; } = 500;

    /// <summary>Nodes of fewer rows are leaves: 5, as Breiman has it for regression.</summary>
    public int SmallestSplit { get; init; } = 5;

    /// <summary>Chooses the rows, the features looked at and the permutations: one seed gives one forest, whatever the threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads at the most.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);
}
