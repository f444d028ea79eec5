namespace Dashboard.Browser.Tests;

/// <summary>What the page of weights shows: results as a worker gives them, played by a stand-in.</summary>
public static class WeightRuns
{
    /// <summary>A path of four checkpoints of a new run that a stand-in has computed; answers the run's id.</summary>
    public static async Task<string> ComputePathAsync(this LossboardServer server, string project, int dims = 2, bool clusters = true)
    {
        var run = await server.PutModelRunAsync(project, "cnn");
        await server.PostAsync("api/v1/jobs", new { kind = "weight_pca", project, name = "my path", spec = new { run_id = run, dims } });
        await using var worker = new StandInWorker(server.Address, "weight_pca");
        await (await worker.TakeAsync(project)).FinishAsync(Path(dims, clusters));
        return run;
    }

    /// <summary>Monte Carlo samples of a new run that a stand-in has computed.</summary>
    public static async Task ComputeSamplesAsync(this LossboardServer server, string project, bool fitted)
    {
        await server.PostSamplesAsync(project, "gaussian");
        await using var worker = new StandInWorker(server.Address, "monte_carlo");
        await (await worker.TakeAsync(project)).FinishAsync(Samples(fitted));
    }

    /// <summary>Asks for forty samples around a new run's model.</summary>
    public static async Task PostSamplesAsync(this LossboardServer server, string project, string sampler)
    {
        var run = await server.PutModelRunAsync(project, "cnn");
        var spec = new { model = new { run_id = run, name = "model.pt" }, batch = new { run_id = run, name = "train.safetensors" }, loss = "cross_entropy", sampler, samples = 40 };
        await server.PostAsync("api/v1/jobs", new { kind = "monte_carlo", project, name = "my samples", spec });
    }

    /// <summary>Checkpoints at steps 0, 100, 200 and 300 on the corners of a square, in two clusters: both directions explain one half.</summary>
    public static object Path(int dims, bool clusters) => new
    {
        names = Enumerable.Range(0, 4).Select(at => FormattableString.Invariant($"step-{at * 100}.safetensors")),
        steps = new[] { 0, 100, 200, 300 },
        coordinates = new double[][] { [-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0] }.Select(place => place[..dims]),
        explained_variance = new[] { 0.5, 0.5, 0.0 },
        random_walk = new[] { 0.608, 0.152, 0.068 },
        residuals = new[] { 0.0, 0, 0, 0 },
        norms = new[] { 1.0, 2, 3, 4 },
        step_norms = new[] { 2.0, 2, 2 },
        total_movement = 6.0,
        displacement = 2.0,
        clusters = clusters ? new[] { 0, 0, 1, 1 } : null,
        clusters_chosen_by = clusters ? "asked" : null,
        silhouette = clusters ? 0.6 : (double?)null,
        why_no_clusters = clusters ? null : "Four checkpoints are too few to choose a number of clusters.",
        parameters = 1234,
        device = "cpu",
        engine = "stand-in 1.0",
        seconds = 0.5,
    };

    /// <summary>Forty samples on a circle of radius one, with losses from 1 to 1.39 in steps of 0.01; one normal distribution or the reason for none.</summary>
    public static object Samples(bool fitted) => new
    {
        sampler = "gaussian",
        losses = Losses(0, 40),
        accuracies = Enumerable.Range(0, 40).Select(at => 0.9 - (at / 100.0)),
        distances = Enumerable.Repeat(1.0, 40),
        weights = Enumerable.Repeat(1 / 40.0, 40),
        mean = 1.195,
        standard_error = 0.0185,
        standard_deviation = 0.117,
        weighted_mean = 1.195,
        non_finite = 0,
        effective_sample_size = fitted ? 40.0 : 1.5,
        coordinates = Places(0, 40),
        projection = "random",
        fit = fitted ? new { gaussian = Normal(1), mixture = new[] { Normal(0.5), Normal(0.5) }, bic = new[] { 10.0, 9.0 } } : null,
        why_no_fit = fitted ? null : "1.5 effective samples of 40 carry no distribution.",
        center_loss = 0.9,
        center_accuracy = 0.95,
        temperature = 1.0,
        parameters = 1234,
        batch_samples = 100,
        device = "cpu",
        engine = "stand-in 1.0",
        seconds = 1.5,
    };

    /// <summary>A part of the samples, as a worker reports it.</summary>
    public static object Part(int first, int count) => new
    {
        stage = "samples",
        index = first / count,
        data = new { first, loss = Losses(first, count), distance = Enumerable.Repeat(1.0, count), coordinates = Places(first, count) },
    };

    private static IEnumerable<double> Losses(int first, int count) => Enumerable.Range(first, count).Select(at => 1 + (at / 100.0));

    private static IEnumerable<double[]> Places(int first, int count) => Enumerable.Range(first, count).Select(at => new[] { Math.Cos(at), Math.Sin(at) });

    private static object Normal(double weight) => new { weight, mean = new[] { 0.0, 0 }, covariance = new double[][] { [0.5, 0.1], [0.1, 0.5] } };
}
