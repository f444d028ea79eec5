using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Clusters of checkpoints, found among all their weights: the scores on every direction have the same distances.</summary>
/// <param name="Labels">Cluster of each; null for none.</param>
/// <param name="ChosenBy"><c>asked</c> or <c>silhouette</c>; null for none.</param>
/// <param name="Silhouette">Mean silhouette; null for none, or one cluster alone.</param>
/// <param name="Compared">Silhouettes that were compared.</param>
/// <param name="Why">Why there are none.</param>
internal sealed record WeightClusters(int[]? Labels, string? ChosenBy, double? Silhouette, IReadOnlyList<ClusterChoice>? Compared, string? Why)
{
    // Fewer points than this are told apart by looking at them.
    private const int Least = 5;
    private const int MostCompared = 8;

    /// <summary>Finds them.</summary>
    /// <param name="scores">A row a checkpoint.</param>
    /// <param name="asked">How many, 0 for none; null to let the silhouette choose.</param>
    /// <param name="seed">Draws the first centres.</param>
    /// <param name="compute">Threads and cancellation.</param>
    public static WeightClusters Find(double[][] scores, int? asked, ulong seed, ComputeOptions compute)
    {
        if (asked == 0) return new(null, null, null, null, "None were asked for.");
        if (asked is null && scores.Length < Least) return new(null, null, null, null, $"There are {scores.Length} checkpoints, and clusters are looked for from {Least} on; ask for a number to have them all the same.");
        var rows = new VectorTable(scores.Length, scores[0].Length, [.. scores.SelectMany(row => row.Select(value => (float)value))]);
        if (asked is { } count)
        {
            var labels = Labels(count);
            return new(labels, "asked", Measured(labels), null, null);
        }
        var compared = new List<ClusterChoice>();
        int[]? best = null;
        for (var clusters = 2; clusters <= Math.Min(MostCompared, scores.Length - 1); clusters++)
        {
            var labels = Labels(clusters);
            if (Measured(labels) is not { } silhouette) continue;
            if (compared.TrueForAll(choice => choice.Silhouette < silhouette)) best = labels;
            compared.Add(new ClusterChoice(clusters, silhouette));
        }
        if (best is null) return new(null, null, null, null, "The checkpoints fall into no two groups.");
        return new(best, "silhouette", compared.Max(choice => choice.Silhouette), compared, null);

        int[] Labels(int clusters) => KMeans.Fit(rows, new KMeansOptions { Clusters = clusters, Starts = 10, Seed = seed }, compute).Labels;

        // Equal checkpoints may leave clusters empty.
        double? Measured(int[] labels) => labels.Distinct().Count() > 1 ? Analysis.Silhouette.Measure(rows, labels, new SilhouetteOptions(), compute).Mean : null;
    }
}
