using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Checks the spec of Monte Carlo samples, as far as that is possible without opening the model.</summary>
internal static class MonteCarloSpecCheck
{
    private const int MostSteps = 1_000_000;

    // Two samples have no mean ± error to speak of, and no distribution.
    private const int LeastSamples = 10;

    /// <summary>The spec with the ids of its artifacts.</summary>
    public static async Task<MonteCarloSpec> ApplyAsync(MonteCarloSpec spec, SpecCheck check, ApiLimits limits)
    {
        check.OneOf(spec.Loss, LossNames.All, "loss");
        var sampler = check.OneOf(spec.Sampler, MonteCarloNames.Samplers, "sampler");
        check.OneOf(spec.Projection, MonteCarloNames.Projections, "projection", MonteCarloNames.Random);
        check.OneOf(spec.Scaling, MonteCarloNames.Scalings, "scaling", MonteCarloNames.Tensor);
        check.Device(spec.Device);
        check.Count(spec.Samples, "samples", LeastSamples, limits.MaxMonteCarloSamples);
        check.Count(spec.BatchSize, "batch_size", 1, ModelSpecCheck.MostBatch);
        check.Count(spec.Rank, "rank", 1, limits.MaxJobCheckpoints);
        check.Count(spec.BurnIn, "burn_in", 0, MostSteps);
        check.Count(spec.Thinning, "thinning", 1, MostSteps);
        check.Positive(spec.Scale, "scale");
        check.Positive(spec.Temperature, "temperature");
        check.Positive(spec.StepSize, "step_size");
        check.Factor(spec.L1, "l1");
        check.Factor(spec.L2, "l2");
        var swag = sampler == MonteCarloNames.Swag;
        if (swag && (spec.Checkpoints?.Count ?? 0) < 3)
            check.Add("checkpoints", "too_few_checkpoints", $"SWAG takes mean and covariance from checkpoints: at least 3 of the model's run are needed, and {spec.Checkpoints?.Count ?? 0} are named.");
        if (!swag && spec.Checkpoints is { Count: > 0 })
            check.Add("checkpoints", "not_used", $"Only the sampler 'swag' takes checkpoints; '{sampler}' starts at the model, or at the checkpoint 'center'.");
        return spec with
        {
            Model = await check.ArtifactAsync(spec.Model, "model"),
            Batch = await check.ArtifactAsync(spec.Batch, "batch"),
            Center = await check.ArtifactAsync(spec.Center, "center", required: false),
            CheckpointIds = swag ? await check.CheckpointsAsync(spec.Checkpoints, spec.Model?.RunId, "checkpoints") : null,
        };
    }
}
