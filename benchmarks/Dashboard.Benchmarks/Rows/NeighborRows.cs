using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>Nearest neighbours: exact ones against the machine's matrix product and scikit-learn's search, approximate ones with their recall.</summary>
internal static class NeighborRows
{
    private const int Neighbors = 15;
    private const int Rows = 70_000;
    private const int Columns = 784;
    private const int Few = 50;
    private const int Repeats = 3;

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        using var files = new DataFolder();
        ProjectionPeer.Python(options.Root, "fashion", files.Path);
        var whole = VectorFile.Read(Path.Combine(files.Path, "fashion.f32"), Rows, Columns);
        var few = Pca.Fit(whole, Few, new PcaOptions(), new ComputeOptions()).Coordinates;
        var file = Path.Combine(files.Path, "few.f32");
        VectorFile.Write(file, few);
        Find(few, NeighborMethod.Exact, 1);
        var product = ProjectionPeer.Ask(options.Root, "sgemm").GetProperty("flops").GetDouble();
        List<Cost> one = [], two = [];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            one.Add(Cost.Of(() => Find(few, NeighborMethod.Exact, 1)));
            two.Add(Cost.Of(() => Find(few, NeighborMethod.Exact, 2)));
        }
        var ours = Cost.Median(one.Select(cost => cost.Cpu));
        yield return Figure.AtLeast("exact 15 neighbours of 70,000 × 50: two operations a number of each pair, over numpy's matrix product", 60, 100 * 2.0 * Rows * Rows * Few / ours / product, "%",
            $"{Figure.Text(ours)} s of CPU on one thread, {Figure.Text(product / 1e9)} billion operations a second; a pair is computed once and counted twice");
        yield return Figure.AtLeast("the same: one core's time over two cores'", 1.7, Cost.Median(one.Select(cost => cost.Wall)) / Cost.Median(two.Select(cost => cost.Wall)), "×", $"by the clock, medians of {Repeats}; the same bits");
        var peer = ProjectionPeer.Python(options.Root, "knn", file, $"{Rows}", $"{Few}", $"{Neighbors}").Cpu;
        yield return Figure.AtLeast("the same: CPU time of scikit-learn's brute force over ours", 1, peer / ours, "×", $"{Figure.Text(peer)} s, one thread");
        NeighborTable near = Find(few, NeighborMethod.Approximate, 1);
        var approximate = Cost.Of(() => near = Find(whole, NeighborMethod.Approximate, 1));
        yield return Figure.AtLeast("approximate 15 neighbours of 70,000 × 784: recall", 0.95, near.Recall, "", $"{Figure.Text(approximate.Cpu)} s of CPU on one thread, of which a part measures the recall on 1,000 rows");
    }

    private static NeighborTable Find(VectorTable table, NeighborMethod method, int threads) =>
        NearestNeighbors.Find(table, Neighbors, new NeighborOptions { Method = method }, new ComputeOptions { Threads = threads });
}
