using System.Globalization;
using System.Text.Json;
using Dashboard.Torch;

namespace Dashboard.Benchmarks;

/// <summary>Landscapes by the engine against the same ones by Python loops, each computed in turn, several times.</summary>
internal static class LandscapeRows
{
    private static readonly Case[] Cases =
    [
        new("perceptron", "85 k-parameter perceptron, 2,048 samples", Points: 15, BatchSize: 2048, Repeats: 5, Cpu: 2, Wall: 3, Rate: 0.75),
        new("resnet32", "ResNet-14, 256 images of 32 px", Points: 4, BatchSize: 64, Repeats: 3, Cpu: 1.5, Wall: 2.5, Rate: 0.7),
        new("resnet8", "ResNet-14, 1,024 images of 8 px", Points: 5, BatchSize: 1024, Repeats: 3, Cpu: 1.5, Wall: 2.5, Rate: 0.7),
    ];

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        var runtime = TorchRuntime.Load();
        using var files = new DataFolder();
        PeerProcess.Make(options.Root, files.Path);
        using var facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(files.Path, "facts.json")));
        using var peer = PeerProcess.Serve(options.Root, files.Path);
        var figures = new List<Figure>();
        foreach (var item in Cases)
            figures.AddRange(Compare(runtime, files.Path, peer, item, facts.RootElement.GetProperty(item.Name).GetProperty("operations").GetDouble()));
        figures.Add(Factoring(runtime, files.Path));
        return figures;
    }

    private static IEnumerable<Figure> Compare(ITorchRuntime runtime, string folder, PeerProcess peer, Case item, double operations)
    {
        using var engine = new EngineCase(runtime, folder, item.Name, item.Points, item.BatchSize);
        var points = engine.Coordinates;
        string[] ways = ["whole", "pieces", "rebuilt", "walked"];
        // Once for what is prepared at the first call, on both sides.
        engine.Run(1);
        engine.Run(1, EvaluationPath.Unfactored);
        foreach (var way in ways) peer.Run(item.Name, way, points[..2]);

        // Seconds a point. The engine computes one more than is asked for, the centre.
        List<Cost> one = [], two = [], plain = [];
        List<double> rate = [];
        var times = ways.ToDictionary(way => way, _ => new List<Cost>());
        for (var repeat = 0; repeat < item.Repeats; repeat++)
        {
            one.Add(engine.Run(1).Cost / (engine.Points + 1));
            foreach (var way in ways) times[way].Add(peer.Run(item.Name, way, points).Cost / engine.Points);
            plain.Add(engine.Run(1, EvaluationPath.Unfactored).Cost / (engine.Points + 1));
            rate.Add(peer.ProductRate());
            two.Add(engine.Run(2).Cost / (engine.Points + 1));
        }

        double Cpu(string way) => Cost.Median(times[way].Select(cost => cost.Cpu));
        static string Each(double seconds) => Figure.Text(1000 * seconds) + " ms";
        var own = Cost.Median(one.Select(cost => cost.Cpu));
        var (ownWall, twoWall) = (Cost.Median(one.Select(cost => cost.Wall)), Cost.Median(two.Select(cost => cost.Wall)));
        var busy = $"{Figure.Text(two.Average(cost => cost.Cpu / cost.Wall))} cores at work; means something on two idle cores only";
        yield return Figure.AtLeast($"{item.Text}: Python that sets the weights at each point, over the engine, CPU time", item.Cpu, Cpu("whole") / own, "×",
            $"{Each(Cpu("whole"))} and {Each(own)} a point, medians of {item.Repeats}; {(engine.Factored ? "first layer factored" : "first layer not factored")}");
        yield return Figure.Info($"{item.Text}: the same with the batch cut into pieces that fit Python's cache", $"{Figure.Text(Cpu("pieces") / own)} ×", $"{Each(Cpu("pieces"))} a point");
        yield return Figure.AtLeast($"{item.Text}: that loop's time by the clock over the engine's with two workers", item.Wall, Cost.Median(times["whole"].Select(cost => cost.Wall)) / twoWall, "×",
            $"{Each(twoWall)} a point; {busy}");
        yield return Figure.AtLeast($"{item.Text}: Python in tomgoldstein's way, CPU time", 1.5, Cpu("rebuilt") / own, "×", $"{Each(Cpu("rebuilt"))} a point");
        yield return Figure.AtLeast($"{item.Text}: Python in marcellodebernardi's way, CPU time", 1.5, Cpu("walked") / own, "×", $"{Each(Cpu("walked"))} a point");
        var (reached, best) = (operations / Cost.Median(plain.Select(cost => cost.Cpu)), rate.Max());
        yield return Figure.AtLeast($"{item.Text}: arithmetic of a worker, first layer not factored, of one core's sgemm rate", item.Rate, reached / best, "",
            $"{Figure.Text(reached / 1e9)} of {Figure.Text(best / 1e9)} Gflop/s (a product of 1,024³ in Python, the best of {item.Repeats} rounds)");
        yield return Figure.AtLeast($"{item.Text}: two workers over one, by the clock", 1.8, ownWall / twoWall, "×", busy);
        var losses = engine.Run(1).Losses;
        var worst = losses.Zip(peer.Run(item.Name, "float64", points).Losses, (actual, expected) => Math.Abs(actual - expected) / Math.Abs(expected)).Max();
        yield return Figure.AtMost($"{item.Text}: loss against float64, worst point, relative", 2, 1e6 * worst, "in a million", $"{engine.Points} points; weights and sums of the reference in float64");
    }

    private static Figure Factoring(ITorchRuntime runtime, string folder)
    {
        using var engine = new EngineCase(runtime, folder, "wide", 25, 2048);
        engine.Run(1);
        engine.Run(1, EvaluationPath.Unfactored);
        List<double> factored = [], plain = [];
        for (var repeat = 0; repeat < 5; repeat++)
        {
            plain.Add(engine.Run(1, EvaluationPath.Unfactored).Cost.Cpu);
            factored.Add(engine.Run(1).Cost.Cpu);
        }
        return Figure.AtLeast("784-128-10 at 25 × 25: first layer not factored over factored, CPU time", 4, Cost.Median(plain) / Cost.Median(factored), "×",
            string.Create(CultureInfo.InvariantCulture, $"{Cost.Median(plain):0.000} and {Cost.Median(factored):0.000} s, medians of 5; {(engine.Factored ? "factored" : "NOT factored")}"));
    }

    private sealed record Case(string Name, string Text, int Points, int BatchSize, int Repeats, double Cpu, double Wall, double Rate);
}
