using System.Globalization;
using System.Runtime.InteropServices;
using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>Measures of predictions beside scikit-learn's on the same numbers, and what a hundred thousand classes take.</summary>
internal static class MetricRows
{
    private const int Rows = 1_000_000;
    private const int Columns = 10;
    private const int ManyClasses = 100_000;
    private const int FewRows = 64;
    private const int Repeats = 3;

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        using var files = new DataFolder();
        var peer = ProjectionPeer.Answer("/usr/bin/python3", Path.Combine(options.Root, "benchmarks", "metrics_peers.py"), "time", $"{Rows}", $"{Columns}", files.Path);
        var theirs = ProjectionPeer.CostOf(peer).Cpu;
        var labels = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(Path.Combine(files.Path, "labels.i64"))).ToArray();
        var scores = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(files.Path, "scores.f64"))).ToArray();
        var auc = Evaluate(labels, scores, Columns);
        var ours = Cost.Median(Enumerable.Range(0, Repeats).Select(_ => Cost.Of(() => Evaluate(labels, scores, Columns)).Cpu));
        yield return Figure.AtLeast(
            "metrics of 1,000,000 samples × 10 classes, curves included: CPU time of scikit-learn over ours", 1, theirs / ours, "×",
            $"{Figure.Text(theirs)} and {Figure.Text(ours)} s on one thread; mean AUC apart by {Math.Abs(peer.GetProperty("auc").GetDouble() - auc).ToString("0.#E+0", CultureInfo.InvariantCulture)}");
        yield return Many();
    }

    private static Figure Many()
    {
        var random = new Random(1);
        var labels = Enumerable.Range(0, FewRows).Select(_ => (long)random.Next(ManyClasses)).ToArray();
        var scores = new double[FewRows * ManyClasses];
        for (var at = 0; at < scores.Length; at++) scores[at] = random.NextSingle();
        var cost = Cost.Of(() => Evaluate(labels, scores, ManyClasses));
        return Figure.Info($"metrics of {FewRows} samples × 100,000 classes", $"{Figure.Text(cost.Cpu)} s", "CPU time, one thread, the first run");
    }

    private static double Evaluate(long[] labels, double[] scores, int columns)
    {
        var samples = new ScoredSamples(labels, scores, columns);
        var counts = ConfusionCounts.Of(samples);
        ClassificationMetrics.Precision(counts);
        ClassificationMetrics.Recall(counts);
        ClassificationMetrics.F1(counts);
        ClassificationMetrics.Matthews(counts);
        ProbabilityScores.LogLoss(samples);
        return ClassRankings.Of(samples, withMicro: false, (@class, ranking) =>
        {
            ranking.Roc();
            ranking.PrecisionRecall();
        }).Auc.Macro;
    }
}
