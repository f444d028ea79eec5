using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>UMAP from vectors to places, neighbours included, beside umap-learn and umap-js on the same numbers.</summary>
internal static class UmapRows
{
    private const int Neighbors = 15;
    private const string UmapJs = "umap-js@1.4.0";

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        using var files = new DataFolder();
        ProjectionPeer.Python(options.Root, "digits", files.Path);
        ProjectionPeer.Python(options.Root, "fashion", files.Path);
        var digits = new Vectors(Path.Combine(files.Path, "digits.f32"), 1797, 64);
        var fashion = new Vectors(Path.Combine(files.Path, "fashion.f32"), 70_000, 784);
        var some = new Vectors(fashion.File, 10_000, 784);
        // What is compiled at the first call is compiled before, as numba's code is for the peer.
        Ours(digits.Read(), 1);
        var figures = new List<Figure>();
        foreach (var (vectors, name) in new[] { (digits, "digits, 1,797 × 64"), (some, "Fashion-MNIST, 10,000 × 784"), (fashion, "Fashion-MNIST, 70,000 × 784") })
        {
            var places = Path.Combine(files.Path, "peer.f32");
            var peer = ProjectionPeer.Python(options.Root, "umap", vectors.File, $"{vectors.Rows}", $"{vectors.Columns}", places);
            figures.AddRange(Beside("umap-learn", 2, name, vectors, peer, new Vectors(places, vectors.Rows, 2).Read()));
        }
        var modules = ProjectionPeer.Npm(files.Path, UmapJs);
        var placesJs = Path.Combine(files.Path, "peer.js.f32");
        var js = ProjectionPeer.Run("node", Path.Combine(options.Root, "benchmarks", "umap_js_peer.mjs"), modules, some.File, $"{some.Rows}", $"{some.Columns}", placesJs);
        figures.AddRange(Beside("umap-js", 5, "Fashion-MNIST, 10,000 × 784", some, js, new Vectors(placesJs, some.Rows, 2).Read()));
        figures.Add(TwoCores(fashion));
        return figures;
    }

    private static IEnumerable<Figure> Beside(string peer, double target, string name, Vectors vectors, Cost peers, VectorTable theirs)
    {
        var table = vectors.Read();
        var (ours, places, layout) = Ours(table, 1);
        var (quality, qualityOfPeer) = (Judge(table, places), Judge(table, theirs));
        yield return Figure.AtLeast($"UMAP, {name}: CPU time of {peer} over ours, neighbours included", target, peers.Cpu / ours.Cpu, "×",
            $"{Figure.Text(peers.Cpu)} and {Figure.Text(ours.Cpu)} s, {Figure.Text(layout.Cpu)} s of ours without the neighbours; trustworthiness {quality.Trustworthiness:0.0000} (theirs {qualityOfPeer.Trustworthiness:0.0000}), preservation {quality.Preservation:0.000} ({qualityOfPeer.Preservation:0.000})");
        // The same run with another seed differs by about as much.
        yield return Figure.AtLeast($"UMAP, {name}: trustworthiness over {peer}'s less 0.003", 1, quality.Trustworthiness / (qualityOfPeer.Trustworthiness - 0.003), "×", "at k = 5, over up to 5,000 points");
    }

    private static (Cost All, VectorTable Places, Cost Layout) Ours(VectorTable table, int threads)
    {
        var compute = new ComputeOptions { Threads = threads };
        VectorTable places = table;
        var layout = default(Cost);
        var all = Cost.Of(() =>
        {
            var neighbors = NearestNeighbors.Find(table, Umap.NeighborsFor(Neighbors), new NeighborOptions(), compute);
            layout = Cost.Of(() => places = Umap.Embed(neighbors, new UmapOptions { Seed = 1 }, compute).Coordinates);
        });
        return (all, places, layout);
    }

    private static Figure TwoCores(Vectors vectors)
    {
        var neighbors = NearestNeighbors.Find(vectors.Read(), Umap.NeighborsFor(Neighbors), new NeighborOptions(), new ComputeOptions());
        double Seconds(int threads) => Cost.Of(() => Umap.Embed(neighbors, new UmapOptions(), new ComputeOptions { Threads = threads })).Wall;
        List<double> one = [], two = [];
        for (var repeat = 0; repeat < 3; repeat++)
        {
            one.Add(Seconds(1));
            two.Add(Seconds(2));
        }
        return Figure.AtLeast("UMAP, 70,000 points: one core's time over two cores', neighbours not included", 1.7, Cost.Median(one) / Cost.Median(two), "×", $"{Figure.Text(Cost.Median(one))} and {Figure.Text(Cost.Median(two))} s by the clock, medians of 3; the same bits");
    }

    private static QualityResult Judge(VectorTable vectors, VectorTable places) => ProjectionQuality.Measure(vectors, places, new QualityOptions(), new ComputeOptions());

    private sealed record Vectors(string File, int Rows, int Columns)
    {
        public VectorTable Read() => VectorFile.Read(File, Rows, Columns);
    }
}
