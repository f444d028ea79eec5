using Dashboard.Torch;

namespace Dashboard.Benchmarks;

/// <summary>Products with the Hessian, and how well its largest eigenvalue is known.</summary>
internal static class CurvatureRows
{
    private const int Products = 10;
    private const int Repeats = 3;

    public static Task<IEnumerable<Figure>> MeasureAsync(BenchmarkOptions options) => Task.Run(() => Measure(options));

    private static IEnumerable<Figure> Measure(BenchmarkOptions options)
    {
        var runtime = TorchRuntime.Load();
        using var files = new DataFolder();
        PeerProcess.Make(options.Root, files.Path);
        return [Plan(runtime, files.Path, "perceptron", 2048, 256), Plan(runtime, files.Path, "resnet8", 256, 256), Eigenvalue(runtime, files.Path)];
    }

    private static Figure Plan(ITorchRuntime runtime, string folder, string name, int samples, int batchSize)
    {
        using var model = runtime.LoadModel(Path.Combine(folder, $"{name}.pt"));
        using var batch = runtime.LoadBatch(Path.Combine(folder, $"{name}_batch.safetensors"), samples);
        var objective = new Objective(LossKind.CrossEntropy, BatchSize: batchSize);
        var vector = Enumerable.Range(0, model.ParameterCount).Select(i => Math.Sin(i)).ToArray();
        var product = new double[model.ParameterCount];
        List<double> plan = [], each = [];
        for (var repeat = 0; repeat <= Repeats; repeat++)
        {
            plan.Add(Seconds(8L << 30));
            each.Add(Seconds(0));
        }
        // The first round fills caches and heaps.
        var (kept, anew) = (Cost.Median(plan.Skip(1)), Cost.Median(each.Skip(1)));
        return Figure.AtLeast($"Hessian-vector products, {name}: each by itself over many in a plan, CPU time", 1.2, anew / kept, "×",
            $"{Figure.Text(1000 * anew / Products)} and {Figure.Text(1000 * kept / Products)} ms a product, {Products} of them, the opening of the plan included; medians of {Repeats}");

        double Seconds(long keepBytes) => Cost.Of(() =>
        {
            using var hessian = model.OpenHessian(batch, objective, keepBytes);
            for (var i = 0; i < Products; i++) hessian.Multiply(vector, product);
        }).Cpu;
    }

    private static Figure Eigenvalue(ITorchRuntime runtime, string folder)
    {
        double Largest(string file)
        {
            using var model = runtime.LoadModel(Path.Combine(folder, file));
            using var batch = runtime.LoadBatch(Path.Combine(folder, "wide_batch.safetensors"), 512);
            using var hessian = model.OpenHessian(batch, new Objective(LossKind.CrossEntropy));
            return Lanczos.Ends(hessian, 1, 0).Top[0].Value;
        }
        var (single, precise) = (Largest("wide.pt"), Largest("wide_double.pt"));
        return Figure.AtMost("largest eigenvalue of 784-128-10 in float32 against float64, relative", 10, 1e6 * Math.Abs(single - precise) / precise, "in a million", $"{single:R} and {precise:R}");
    }
}
