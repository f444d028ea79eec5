using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Checks specs of what is read out of one model with one batch: saliency, gradients, activations.</summary>
internal static class ModelSpecCheck
{
    /// <summary>Samples that may go through a module at once.</summary>
    public const int MostBatch = 1 << 20;
    private const int MostCopies = 200;

    /// <summary>The spec with the ids of its artifacts.</summary>
    public static async Task<SaliencySpec> ApplyAsync(SaliencySpec spec, SpecCheck check, ApiLimits limits)
    {
        Samples(spec.Samples, check, limits);
        check.Count(spec.Target, "target", 0, int.MaxValue);
        check.Count(spec.Smooth, "smooth", 0, MostCopies);
        check.Positive(spec.Noise, "noise");
        check.Count(spec.BatchSize, "batch_size", 1, MostBatch);
        check.Device(spec.Device);
        return spec with
        {
            Model = await check.ArtifactAsync(spec.Model, "model"),
            Batch = await check.ArtifactAsync(spec.Batch, "batch"),
            Center = await check.ArtifactAsync(spec.Center, "center", required: false),
        };
    }

    /// <summary>The spec with the ids of its artifacts.</summary>
    public static async Task<GradientsSpec> ApplyAsync(GradientsSpec spec, SpecCheck check)
    {
        check.OneOf(spec.Loss, LossNames.All, "loss");
        check.Factor(spec.L1, "l1");
        check.Factor(spec.L2, "l2");
        check.Count(spec.BatchSize, "batch_size", 1, MostBatch);
        check.Device(spec.Device);
        return spec with
        {
            Model = await check.ArtifactAsync(spec.Model, "model"),
            Batch = await check.ArtifactAsync(spec.Batch, "batch"),
            Center = await check.ArtifactAsync(spec.Center, "center", required: false),
        };
    }

    /// <summary>The spec with the ids of its artifacts.</summary>
    public static async Task<ActivationsSpec> ApplyAsync(ActivationsSpec spec, SpecCheck check, ApiLimits limits)
    {
        Samples(spec.Samples, check, limits);
        if (spec.Modules?.Count > limits.MaxJobModules)
            check.Add("modules", "too_many_modules", $"A job takes {limits.MaxJobModules} modules at the most, and {spec.Modules.Count} are named.");
        for (var i = 0; i < Math.Min(spec.Modules?.Count ?? 0, limits.MaxJobModules); i++)
        {
            if (string.IsNullOrEmpty(spec.Modules![i]))
                check.Add($"modules/{i}", "missing", "A module's name must not be empty.");
        }
        check.Count(spec.BatchSize, "batch_size", 1, MostBatch);
        check.Device(spec.Device);
        return spec with
        {
            Model = await check.ArtifactAsync(spec.Model, "model"),
            Batch = await check.ArtifactAsync(spec.Batch, "batch"),
            Center = await check.ArtifactAsync(spec.Center, "center", required: false),
        };
    }

    private static void Samples(IReadOnlyList<int>? samples, SpecCheck check, ApiLimits limits)
    {
        if (samples is null)
            return;
        if (samples.Count is 0 || samples.Count > limits.MaxMapSamples)
        {
            check.Add("samples", "out_of_range", $"From 1 to {limits.MaxMapSamples} samples can be named, and there are {samples.Count}.");
            return;
        }
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples[i] < 0)
                check.Add($"samples/{i}", "out_of_range", "Samples are counted from 0.");
        }
    }
}
