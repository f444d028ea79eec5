namespace Dashboard.Analysis;

/// <summary>What a thread needs for a block at a time.</summary>
internal sealed class LayoutScratch
{
    /// <summary>Draws of a pool. Each serves many rows of the block, but hardly one of them twice in an epoch.</summary>
    public const int Pool = 2048;

    public LayoutScratch(LayoutPlan plan, int dimensions)
    {
        long longest = 0;
        for (var strip = 0; strip + 1 < plan.Strips.Length; strip++) longest = Math.Max(longest, plan.Strips[strip + 1] - plan.Strips[strip]);
        Heads = new int[longest * LayoutPlan.Lanes];
        Tails = new int[longest * LayoutPlan.Lanes];
        Drawn = new float[(Pool + LayoutPlan.Lanes) * dimensions];
        DrawnPlaces = new int[Pool + LayoutPlan.Lanes];
    }

    /// <summary>Of the pairs of this epoch, step by step a place for each lane: the one that moves.</summary>
    public int[] Heads { get; }

    /// <summary>The one that it is pulled to.</summary>
    public int[] Tails { get; }

    /// <summary>Coordinates of rows drawn at random, column by column; the last sixteen are the first again.</summary>
    public float[] Drawn { get; }

    /// <summary>Which ones they are.</summary>
    public int[] DrawnPlaces { get; }
}
