using System.Globalization;

namespace Dashboard.Analysis;

/// <summary>What a number of vectors allows a projection to be.</summary>
internal static class ProjectionChecks
{
    private const int MostIterations = 100_000;
    private const double UmapSpread = 1;

    /// <summary>The perplexity that is used where none is given.</summary>
    public const double UsualPerplexity = 30;

    /// <summary>The neighbours that are used where none are given.</summary>
    public const int UsualNeighbors = 15;

    /// <summary>Two vectors or one have a place whatever the method.</summary>
    public const int Trivial = 2;

    /// <summary>The largest whole perplexity below a third of the vectors; up to three are each other's neighbours at any.</summary>
    public static double LargestPerplexity(int rows) => rows <= 3 ? double.PositiveInfinity : (rows + 2) / 3 - 1;

    public static IEnumerable<ProjectionFault> Faults(int rows, int columns, ProjectionSettings settings)
    {
        if (settings.Dimensions is not (2 or 3)) yield return new("dims", $"dims is {settings.Dimensions}: a picture has 2 or 3.");
        else if (settings.Method == ProjectionMethod.Pca && rows > Trivial && settings.Dimensions > Math.Min(rows - 1, columns))
            yield return new("dims", $"dims is {settings.Dimensions}, and {rows} vectors of {columns} numbers have {Math.Min(rows - 1, columns)} principal components: ask for fewer, or take t-SNE or UMAP.");
        if (settings.Method == ProjectionMethod.Tsne && settings.Perplexity is { } perplexity)
        {
            if (!(perplexity >= 1 && double.IsFinite(perplexity))) yield return new("perplexity", Text($"perplexity is {perplexity}: it must be a number from 1 on, usually 5 to 50."));
            else if (rows > 3 && perplexity >= rows / 3.0)
                yield return new("perplexity", Text($"perplexity is {perplexity}, and must be below a third of the {rows} vectors: {LargestPerplexity(rows)} is the largest whole number that works."));
        }
        if (settings.Method == ProjectionMethod.Umap && settings.Neighbors < 2) yield return new("neighbors", $"neighbors is {settings.Neighbors}: it counts the vector itself, so 2 is the least.");
        if (settings.Method == ProjectionMethod.Umap && settings.MinDistance is { } distance && !(distance >= 0 && distance <= UmapSpread))
            yield return new("min_dist", Text($"min_dist is {distance}: it must be a number from 0 to {UmapSpread}."));
        if (settings.Iterations is < 1 or > MostIterations) yield return new("iterations", $"iterations is {settings.Iterations}: it must be a number from 1 to {MostIterations}.");
        if (settings.PcaFirst < 1) yield return new("pca_first", $"pca_first is {settings.PcaFirst}: it must be at least 1, or null for none.");
        if (settings.Method != ProjectionMethod.Given) yield break;
        if (settings.Given is not { } given) yield return new("coordinates", "coordinates are missing: the method 'given' shows them.");
        else if (given.Rows != rows) yield return new("coordinates", $"coordinates have {given.Rows} rows, and there are {rows} vectors: one for each is needed.");
        else if (given.Columns is not (2 or 3)) yield return new("coordinates", $"coordinates have {given.Columns} columns: a picture has 2 or 3.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
