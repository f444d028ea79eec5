namespace Dashboard.Browser.Tests;

/// <summary>Jobs that look into a model, computed by a stand-in.</summary>
public static class FeatureRuns
{
    /// <summary>A job of a run with a model and a batch that has this result.</summary>
    public static async Task<string> LookAsync(this LossboardServer server, string project, string kind, object result, string name = "my look")
    {
        var run = await server.PutModelRunAsync(project, "cnn", checkpoints: 1);
        var spec = new { model = new { run_id = run, name = "model.pt" }, batch = new { run_id = run, name = "train.safetensors" }, loss = kind == "gradients" ? "mse" : null };
        await server.PostAsync("api/v1/jobs", new { kind, project, name, spec });
        await using var worker = new StandInWorker(server.Address, kind);
        var job = await worker.TakeAsync(project);
        await job.FinishAsync(result);
        return run;
    }

    /// <summary>Two grey images of 6 × 6; the second is taken for another class than its label. One number of a map is no number.</summary>
    public static object Saliency() => new
    {
        samples = new[] { 4, 7 },
        shape = new[] { 1, 6, 6 },
        maps = Images((at, image) => at == 3 && image == 0 ? "NaN" : at % 6 * 0.1),
        inputs = Images((at, image) => at * 0.02 + image),
        targets = new[] { 2, 1 },
        predicted = new[] { 2, 1 },
        scores = new[] { 3.5, 1.25 },
        labels = new[] { 2, 0 },
        outputs = 3,
        device = "cpu",
        engine = "stand-in 1.0",
        seconds = 0.5,
    };

    /// <summary>Two rows of four features.</summary>
    public static object Rows() => new
    {
        samples = new[] { 0, 1 },
        shape = new[] { 4 },
        maps = new[] { new[] { 0.1, 0.9, 0.0, 0.4 }, new[] { 0.7, 0.1, 0.2, 0.3 } },
        inputs = new[] { new[] { 1.0, 2, 3, 4 }, new[] { 5.0, 6, 7, 8 } },
        targets = new[] { 0, 1 },
        predicted = new[] { 1, 1 },
        scores = new[] { 0.5, 0.75 },
        outputs = 2,
    };

    /// <summary>A convolution of 60 channels of 2 × 2, of which channel 1 is dead, a layer of three numbers, and a module that was never called.</summary>
    public static object Activations() => new
    {
        samples = new[] { 0, 5 },
        batch_samples = 100,
        modules = new object[]
        {
            new
            {
                name = "conv",
                type = "Conv2d",
                shape = new[] { 60, 2, 2 },
                histogram = new { edges = new[] { 0.0, 1, 2 }, counts = new[] { 300.0, 180 } },
                mean = 0.75,
                standard_deviation = 0.5,
                zeros = 0.25,
                non_finite = 0,
                units = 60,
                dead_share = 1 / 60.0,
                dead = new[] { 1 },
                maps = Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 60).Select(channel => new[] { new[] { 0.0, channel }, new[] { channel, 0.0 } })),
                map_shape = new[] { 60, 2, 2 },
            },
            new
            {
                name = "head",
                type = "Linear",
                shape = new[] { 3 },
                histogram = new { edges = new[] { -1.0, 0, 1 }, counts = new[] { 5.0, 295 } },
                mean = 0.1,
                standard_deviation = 0.2,
                zeros = 0.0,
                non_finite = 2,
                units = 3,
                dead_share = 0.0,
                maps = new[] { new[] { 1.0, -2, 3 }, new[] { 4.0, 5, 6 } },
                map_shape = new[] { 3 },
            },
            new { name = "unused", type = "Dropout", why = "Forward never calls the module 'unused', so that it gives out nothing." },
        },
    };

    /// <summary>Three parameters: one is sound, one has a gradient of zero, one has numbers that are not finite.</summary>
    public static object Gradients() => new
    {
        loss = 0.5,
        norm = 2.0,
        weight_norm = 10.0,
        samples = 100,
        parameters = new[]
        {
            Parameter("conv.weight", 2.0, 0.01, 0),
            Parameter("conv.bias", 0.0, 1, 0),
            Parameter("head.weight", 0.01, 0.1, 3),
        },
    };

    private static object Parameter(string name, double norm, double zeros, int strange) => new
    {
        name,
        shape = new[] { 4, 2 },
        size = 8,
        norm,
        weight_norm = 5.0,
        largest = norm,
        histogram = new { edges = new[] { -1.0, -0.1, 0.1, 1.0 }, counts = new[] { 2.0, 1, 5 } },
        zeros,
        non_finite = strange,
    };

    private static object Images(Func<int, int, object> value) =>
        Enumerable.Range(0, 2).Select(image => new[] { Enumerable.Range(0, 6).Select(y => Enumerable.Range(0, 6).Select(x => value(6 * y + x, image))) });
}
