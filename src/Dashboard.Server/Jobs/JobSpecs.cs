using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads and checks what a job is asked to compute, before it is queued: what can be refused at once must not wait for a worker.</summary>
internal sealed class JobSpecs(IRunStore runs, IArtifactStore artifacts, ProjectionSpecs projections, ModelUploads models, ApiLimits limits)
{
    // A spec is stored as its fields, without those that are absent.
    private static readonly JsonSerializerOptions Stored = new(ContractsJson.Default.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The job to store.</summary>
    /// <exception cref="ApiProblemException">422 with each fault and its pointer; 403 and 404 where the caller may not write in the project.</exception>
    public async Task<NewJob> CheckAsync(Caller caller, PostJobRequest request, CancellationToken cancellation)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (string.IsNullOrEmpty(request.Project))
            errors.Add("/project", "missing", "The field 'project' is required.");
        if (request.Kind is null || !JobKinds.All.Contains(request.Kind))
            errors.Add("/kind", request.Kind is null ? "missing" : "unknown_kind", $"The field 'kind' must be one of {string.Join(", ", JobKinds.All)}.");
        if (request.Name is not null && NameRule.Check(request.Name, limits.MaxNameBytes) is { } fault)
            errors.Add("/name", fault.Code, fault.Message);
        if (request.Spec is not { ValueKind: JsonValueKind.Object } spec)
        {
            errors.Add("/spec", request.Spec is null ? "missing" : "wrong_type", "The field 'spec' is required: an object.");
            spec = default;
        }
        else if (spec.GetRawText().Length > limits.MaxJobSpecBytes)
        {
            errors.Add("/spec", "spec_too_long", $"The spec is longer than {limits.MaxJobSpecBytes} bytes.");
        }
        errors.ThrowIfAny();

        // Nothing is looked up for who may not ask for it.
        caller.Require(AccessRight.Write, request.Project!);
        var check = new SpecCheck(caller, request.Project!, errors, runs, artifacts, models, limits, cancellation);
        if (request.Kind == JobKinds.Projection)
            return await ProjectionAsync(request, Read(spec, ContractsJson.Default.ProjectionSpec), check, cancellation);
        var (json, device, about) = request.Kind switch
        {
            JobKinds.Landscape => await LandscapeAsync(Read(spec, ContractsJson.Default.LandscapeSpec), check),
            JobKinds.Hessian => await HessianAsync(Read(spec, ContractsJson.Default.HessianSpec), check),
            JobKinds.WeightPca => await WeightPcaAsync(Read(spec, ContractsJson.Default.WeightPcaSpec), check),
            JobKinds.MonteCarlo => await MonteCarloAsync(Read(spec, ContractsJson.Default.MonteCarloSpec), check),
            JobKinds.Saliency => await SaliencyAsync(Read(spec, ContractsJson.Default.SaliencySpec), check),
            JobKinds.Gradients => await GradientsAsync(Read(spec, ContractsJson.Default.GradientsSpec), check),
            JobKinds.Activations => await ActivationsAsync(Read(spec, ContractsJson.Default.ActivationsSpec), check),
            _ => await ProbeAsync(Read(spec, ContractsJson.Default.ProbeSpec), check),
        };
        errors.ThrowIfAny();
        var run = about?.RunId is { } runId ? await runs.FindAsync(runId, cancellation) : null;
        return new NewJob(request.Project!, request.Kind!, request.Name ?? $"{KindName(request.Kind!)} of {run?.Name}", json, device);
    }

    private async Task<NewJob> ProjectionAsync(PostJobRequest request, ProjectionSpec spec, SpecCheck check, CancellationToken cancellation)
    {
        (spec, var content) = await projections.CheckAsync(spec, check, cancellation);
        check.ThrowIfAny();
        var what = spec.Embedding?.Tag ?? spec.Predictions?.Tag ?? spec.Artifact?.Tensor ?? spec.Artifact?.Name ?? spec.Features?.Module ?? spec.Features?.Model?.Name ?? spec.Coordinates?.Name;
        // Only features are computed by a model; the rest is the processor's.
        var device = spec.Features is null ? "cpu" : spec.Device ?? "auto";
        return new NewJob(request.Project!, JobKinds.Projection, request.Name ?? $"{MethodName(spec.Method)} of {what}", Write(spec), device, content);
    }

    /// <summary>As people write it.</summary>
    private static string MethodName(string? method) => method switch
    {
        ProjectionMethods.Pca => "PCA",
        ProjectionMethods.Tsne => "t-SNE",
        ProjectionMethods.Umap => "UMAP",
        _ => "Coordinates",
    };

    /// <summary>As people write it.</summary>
    private static string KindName(string kind) => kind switch
    {
        JobKinds.WeightPca => "Weights",
        JobKinds.MonteCarlo => "Monte Carlo",
        JobKinds.Saliency => "Saliency",
        JobKinds.Gradients => "Gradients",
        JobKinds.Activations => "Activations",
        _ => kind,
    };

    // Checkpoints are read by any worker's processor.
    private static async Task<(string Json, string Device, ArtifactReference? About)> WeightPcaAsync(WeightPcaSpec spec, SpecCheck check)
    {
        spec = await WeightPcaSpecCheck.ApplyAsync(spec, check);
        return (Write(spec), "cpu", new ArtifactReference { RunId = spec.RunId });
    }

    private async Task<(string Json, string Device, ArtifactReference? About)> MonteCarloAsync(MonteCarloSpec spec, SpecCheck check)
    {
        spec = await MonteCarloSpecCheck.ApplyAsync(spec, check, limits);
        return (Write(spec), spec.Device ?? "auto", spec.Model);
    }

    private async Task<(string Json, string Device, ArtifactReference? About)> SaliencyAsync(SaliencySpec spec, SpecCheck check)
    {
        spec = await ModelSpecCheck.ApplyAsync(spec, check, limits);
        return (Write(spec), spec.Device ?? "auto", spec.Model);
    }

    private static async Task<(string Json, string Device, ArtifactReference? About)> GradientsAsync(GradientsSpec spec, SpecCheck check)
    {
        spec = await ModelSpecCheck.ApplyAsync(spec, check);
        return (Write(spec), spec.Device ?? "auto", spec.Model);
    }

    private async Task<(string Json, string Device, ArtifactReference? About)> ActivationsAsync(ActivationsSpec spec, SpecCheck check)
    {
        spec = await ModelSpecCheck.ApplyAsync(spec, check, limits);
        return (Write(spec), spec.Device ?? "auto", spec.Model);
    }

    private async Task<(string Json, string Device, ArtifactReference? About)> LandscapeAsync(LandscapeSpec spec, SpecCheck check)
    {
        spec = await LandscapeSpecCheck.ApplyAsync(spec, check, limits);
        return (Write(spec), spec.Device ?? "auto", spec.Model);
    }

    private async Task<(string Json, string Device, ArtifactReference? About)> HessianAsync(HessianSpec spec, SpecCheck check)
    {
        check.OneOf(spec.Loss, LossNames.All, "loss");
        check.Count(spec.Top, "top", 0, limits.MaxEigenvalues);
        check.Count(spec.Bottom, "bottom", 0, limits.MaxEigenvalues);
        check.Count(spec.BatchSize, "batch_size", 1, ModelSpecCheck.MostBatch);
        check.Factor(spec.L2, "l2");
        if (spec is { Top: 0, Bottom: 0 or null, Trace: false, Density: not true })
            check.Add("top", "nothing_asked", "Nothing is asked for: eigenvalues, the trace or the density.");
        spec = spec with
        {
            Model = await check.ArtifactAsync(spec.Model, "model"),
            Batch = await check.ArtifactAsync(spec.Batch, "batch"),
            Center = await check.ArtifactAsync(spec.Center, "center", required: false),
            CheckpointIds = await check.CheckpointsAsync(spec.Checkpoints, spec.Model?.RunId, "checkpoints"),
        };
        return (Write(spec), check.Device(spec.Device), spec.Model);
    }

    private static async Task<(string Json, string Device, ArtifactReference? About)> ProbeAsync(ProbeSpec spec, SpecCheck check)
    {
        check.OneOf(spec.Loss, LossNames.All, "loss");
        check.Count(spec.BatchSize, "batch_size", 1, ModelSpecCheck.MostBatch);
        spec = spec with { Model = await check.ArtifactAsync(spec.Model, "model"), Batch = await check.ArtifactAsync(spec.Batch, "batch") };
        return (Write(spec), check.Device(spec.Device), spec.Model);
    }

    /// <summary>Reads a spec.</summary>
    /// <exception cref="ApiProblemException">422 where a field has another type.</exception>
    public static T Read<T>(JsonElement spec, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return spec.Deserialize(type)!;
        }
        catch (JsonException wrong)
        {
            throw ApiProblems.Refused([JsonBody.WrongType(wrong, "/spec")]);
        }
        catch (InvalidOperationException)
        {
            throw ApiProblems.Refused([new ProblemError("/spec", "lone_surrogate", JsonTexts.Fault)]);
        }
    }

    private static string Write<T>(T spec) => JsonSerializer.Serialize(spec, (JsonTypeInfo<T>)Stored.GetTypeInfo(typeof(T)));
}
