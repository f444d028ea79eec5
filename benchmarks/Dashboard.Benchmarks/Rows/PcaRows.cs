using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>Principal components beside scikit-learn's on the same numbers, and what a large table takes.</summary>
internal static class PcaRows
{
    private const int Components = 50;
    private const int Rows = 70_000;
    private const int Columns = 784;
    private const int Repeats = 3;
    private const int LargeRows = 1_000_000;
    private const int LargeColumns = 768;

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        using var files = new DataFolder();
        ProjectionPeer.Python(options.Root, "fashion", files.Path);
        var file = Path.Combine(files.Path, "fashion.f32");
        var table = VectorFile.Read(file, Rows, Columns);
        Fit(table, 1);
        var peer = ProjectionPeer.Ask(options.Root, "pca", file, $"{Rows}", $"{Columns}", $"{Components}");
        List<Cost> one = [], two = [];
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            one.Add(Cost.Of(() => Fit(table, 1)));
            two.Add(Cost.Of(() => Fit(table, 2)));
        }
        var ours = Cost.Median(one.Select(cost => cost.Cpu));
        var peers = ProjectionPeer.CostOf(peer).Cpu;
        var exact = peer.GetProperty("variance").EnumerateArray().Select(value => value.GetDouble());
        var worst = Fit(table, 1).ExplainedVariance.Zip(exact, (found, right) => Math.Abs(found - right) / right).Max();
        yield return Figure.AtLeast("PCA, Fashion-MNIST 70,000 × 784 to 50: CPU time of scikit-learn over ours", 1, peers / ours, "×", $"{Figure.Text(peers)} and {Figure.Text(ours)} s on one thread; theirs is randomised, ours exact");
        yield return Figure.AtMost("the same: explained variance against float64, relative", 1, 1e6 * worst, "in a million", "the worst of 50");
        yield return Figure.Info("the same: one core's time over two cores'", $"{Figure.Text(Cost.Median(one.Select(cost => cost.Wall)) / Cost.Median(two.Select(cost => cost.Wall)))} ×", $"by the clock, medians of {Repeats}; the eigenvectors of 784 × 784 are found on one");
        yield return Large();
    }

    private static PcaResult Fit(VectorTable table, int threads) => Pca.Fit(table, Components, new PcaOptions(), new ComputeOptions { Threads = threads });

    // One process has one peak: the figure counts what other rows of the same run left behind, so it is an upper bound.
    private static Figure Large()
    {
        const double Data = sizeof(float) * (double)LargeRows * LargeColumns;
        var table = VectorFile.Made(LargeRows, LargeColumns);
        var cost = Cost.Of(() => Pca.Fit(table, Components, new PcaOptions(), new ComputeOptions()));
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return Figure.AtMost("PCA, made 1,000,000 × 768 to 50: peak memory of the process over the data, input included", 1.5, 1024 * double.Parse(peak, System.Globalization.CultureInfo.InvariantCulture) / Data, "×", $"{Figure.Text(cost.Wall)} s on all cores, {Figure.Text(cost.Cpu)} s of CPU");
    }
}
