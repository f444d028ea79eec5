namespace Dashboard.Analysis;

/// <summary>What a thread needs for a block at a time.</summary>
internal sealed class LayoutScratch
{
    /// <summary>Draws of a pool. Each serves many rows of the block, but hardly one of them twice in an epoch.</summary>
    public const int Pool = 2048;

    /// <summary>Steps that are listed at once: those of a usual block in an epoch, and few enough for the second cache. A row that everybody is near to has more.</summary>
    public const int Steps = 1024;

    public LayoutScratch(int dimensions) => Drawn = new float[(Pool + LayoutPlan.Lanes) * dimensions];

    /// <summary>Of the pairs of this epoch, step by step a place for each lane: the one that moves.</summary>
    public int[] Heads { get; } = new int[Steps * LayoutPlan.Lanes];

    /// <summary>The one that it is pulled to.</summary>
    public int[] Tails { get; } = new int[Steps * LayoutPlan.Lanes];

    /// <summary>Coordinates of rows drawn at random, column by column; the last sixteen are the first again.</summary>
    public float[] Drawn { get; }

    /// <summary>Which ones they are.</summary>
    public int[] DrawnPlaces { get; } = new int[Pool + LayoutPlan.Lanes];
}
