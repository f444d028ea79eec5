using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>t-SNE from vectors to places, neighbours and start included, beside scikit-learn on the same numbers; then how it grows, and two cores.</summary>
internal static class TsneRows
{
    private const double Perplexity = 30;
    private const int Components = 50;
    private const int Repeats = 3;
    private const int Fewer = 400;
    private const int HeapRows = 1000;
    private const int HeapColumns = 16;

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        using var files = new DataFolder();
        ProjectionPeer.Python(options.Root, "digits", files.Path);
        ProjectionPeer.Python(options.Root, "fashion", files.Path);
        var digits = Path.Combine(files.Path, "digits.f32");
        var fashion = Path.Combine(files.Path, "fashion.f32");
        // What is compiled at the first calls is compiled before.
        foreach (var repulsion in (TsneRepulsion[])[TsneRepulsion.Exact, TsneRepulsion.Interpolation]) Ours(VectorFile.Read(digits, 1797, 64), new TsneOptions { Iterations = 300, Repulsion = repulsion });
        var figures = new List<Figure>();
        figures.AddRange(Beside(options, files.Path, "digits, 1,797 × 64", digits, 1797, 64, 3));
        figures.AddRange(Beside(options, files.Path, "Fashion-MNIST, 10,000 × 784", fashion, 10_000, 784, 8));
        figures.AddRange(Large(fashion));
        figures.Add(Growth());
        return figures;
    }

    private static IEnumerable<Figure> Beside(BenchmarkOptions options, string folder, string name, string file, int rows, int columns, double target)
    {
        var table = VectorFile.Read(file, rows, columns);
        var picture = Path.Combine(folder, "peer.f32");
        var peer = ProjectionPeer.Ask(options.Root, "tsne", file, $"{rows}", $"{columns}", picture);
        var (cost, result) = Ours(table, new TsneOptions());
        var (quality, theirs) = (Judge(table, result.Coordinates), Judge(table, VectorFile.Read(picture, rows, 2)));
        var peers = ProjectionPeer.CostOf(peer).Cpu;
        yield return Figure.AtLeast($"t-SNE, {name}: CPU time of scikit-learn over ours, neighbours and start included", target, peers / cost.Cpu, "×",
            $"{Figure.Text(peers)} and {Figure.Text(cost.Cpu)} s, 1,000 iterations, {result.Repulsion}; divergence {result.KlDivergence:0.000} (theirs {peer.GetProperty("divergence").GetDouble():0.000})");
        // Sums in another order end in another picture, and differ by about as much.
        yield return Figure.AtLeast($"t-SNE, {name}: trustworthiness over scikit-learn's less 0.0005", 1, quality.Trustworthiness / (theirs.Trustworthiness - 0.0005), "×", $"{quality.Trustworthiness:0.0000} and {theirs.Trustworthiness:0.0000} at k = 5");
        yield return Figure.AtLeast($"t-SNE, {name}: preservation over scikit-learn's less 0.002", 1, quality.Preservation / (theirs.Preservation - 0.002), "×", $"{quality.Preservation:0.0000} and {theirs.Preservation:0.0000} at k = 10");
    }

    private static (Cost Cost, TsneResult Result) Ours(VectorTable table, TsneOptions options)
    {
        var compute = new ComputeOptions { Threads = 1 };
        TsneResult? result = null;
        var cost = Cost.Of(() => result = Tsne.Embed(
            NearestNeighbors.Find(table, Tsne.NeighborsFor(Perplexity, table.Rows), new NeighborOptions(), compute), Pca.Fit(table, 2, new PcaOptions(), compute).Coordinates, options, compute));
        return (cost, result!);
    }

    private static IEnumerable<Figure> Large(string fashion)
    {
        const int rows = 70_000;
        var compute = new ComputeOptions();
        var components = Pca.Fit(VectorFile.Read(fashion, rows, 784), Components, new PcaOptions(), compute).Coordinates;
        var start = new VectorTable(rows, 2);
        for (var row = 0; row < rows; row++) components.Row(row)[..2].CopyTo(start.Row(row));
        NeighborTable? neighbors = null;
        var search = Cost.Of(() => neighbors = NearestNeighbors.Find(components, Tsne.NeighborsFor(Perplexity, rows), new NeighborOptions(), compute));
        TsneResult? result = null;
        Cost Run(int threads, int iterations) => Cost.Of(() => result = Tsne.Embed(neighbors!, start, new TsneOptions { Iterations = iterations }, new ComputeOptions { Threads = threads }));
        var whole = Run(1, 1000);
        var quality = Judge(components, result!.Coordinates);
        List<double> one = [], two = [];
        var same = true;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            one.Add(Run(1, Fewer).Wall);
            var bits = result.Coordinates.Values;
            two.Add(Run(2, Fewer).Wall);
            same = same && bits.AsSpan().SequenceEqual(result.Coordinates.Values);
        }
        yield return Figure.AtMost("t-SNE, Fashion-MNIST, 70,000 × 784 to 50 components: CPU time of the picture", 120, whole.Cpu, "s",
            $"1,000 iterations on one thread; neighbours took {Figure.Text(search.Cpu)} s; trustworthiness {quality.Trustworthiness:0.0000}, preservation {quality.Preservation:0.000}");
        yield return Figure.AtLeast("the same: one core's time over two cores'", 1.7, Cost.Median(one) / Cost.Median(two), "×",
            $"{Figure.Text(Cost.Median(one))} and {Figure.Text(Cost.Median(two))} s by the clock, {Fewer} iterations, medians of {Repeats}; {(same ? "the same bits" : "other bits")}");
    }

    private static Figure Growth()
    {
        var options = new TsneOptions { Iterations = 200, EarlyIterations = 50 };
        List<double> perPoint = [];
        var told = "";
        foreach (var rows in (int[])[10_000, 100_000, 1_000_000])
        {
            var (neighbors, start) = Heaps(rows);
            var cost = Cost.Of(() => Tsne.Embed(neighbors, start, options, new ComputeOptions { Threads = 1 }));
            perPoint.Add(cost.Cpu / rows);
            told += $"{rows:N0} points {Figure.Text(cost.Cpu)} s, ";
        }
        return Figure.AtMost("t-SNE, heaps of 1,000 points in 16 dimensions: CPU time a point of a million over that of 10,000", 1.5, perPoint[^1] / perPoint[0], "×", $"{told}200 iterations on one thread");
    }

    // Heaps so far apart that neighbours are found within them.
    private static (NeighborTable Neighbors, VectorTable Start) Heaps(int rows)
    {
        var random = new Random(1);
        var count = Tsne.NeighborsFor(Perplexity, rows);
        var (indices, distances, start) = (new int[rows * count], new float[rows * count], new VectorTable(rows, 2));
        var heap = new VectorTable(HeapRows, HeapColumns);
        for (var first = 0; first < rows; first += HeapRows)
        {
            foreach (ref var value in heap.Values.AsSpan()) value = random.NextSingle() + random.NextSingle();
            var (x, y) = (100 * random.NextSingle(), 100 * random.NextSingle());
            var found = NearestNeighbors.Find(heap, count, new NeighborOptions(), new ComputeOptions());
            for (var at = 0; at < found.Indices.Length; at++) indices[first * count + at] = first + found.Indices[at];
            found.Distances.CopyTo(distances, first * count);
            for (var row = 0; row < HeapRows; row++) (start.Row(first + row)[0], start.Row(first + row)[1]) = (x + heap.Row(row)[0], y + heap.Row(row)[1]);
        }
        return (new NeighborTable(rows, count, indices, distances, exact: true), start);
    }

    private static QualityResult Judge(VectorTable vectors, VectorTable places) => ProjectionQuality.Measure(vectors, places, new QualityOptions { Sample = 10_000 }, new ComputeOptions());
}
