using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Fetches what a spec names into an engine's folder.</summary>
internal sealed class JobInputs(WorkerApi api, InputCache cache)
{
    private const string VectorsFile = "vectors";

    /// <summary>Fetches everything.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">Where to, on this side of the walls.</param>
    /// <param name="tell">Hears what is fetched.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A task with the names of the files.</returns>
    /// <exception cref="JobInputException">The spec is incomplete, or what it names is not there.</exception>
    public async Task<EngineTask> FetchAsync(JobView job, string folder, Action<string> tell, CancellationToken cancellation)
    {
        var task = new EngineTask { Kind = job.Kind, Spec = job.Spec, Folder = "", Device = "", Lane = "", Cores = 1 };
        try
        {
            return job.Kind switch
            {
                JobKinds.Landscape => await LandscapeAsync(task, job.Spec.Deserialize(ContractsJson.Default.LandscapeSpec)!),
                JobKinds.Hessian => await HessianAsync(task, job.Spec.Deserialize(ContractsJson.Default.HessianSpec)!),
                JobKinds.Probe => await ProbeAsync(task, job.Spec.Deserialize(ContractsJson.Default.ProbeSpec)!),
                JobKinds.Projection => await ProjectionAsync(task, job.Spec.Deserialize(ContractsJson.Default.ProjectionSpec)!),
                JobKinds.WeightPca => await WeightPcaAsync(task, job.Spec.Deserialize(ContractsJson.Default.WeightPcaSpec)!),
                JobKinds.MonteCarlo => await MonteCarloAsync(task, job.Spec.Deserialize(ContractsJson.Default.MonteCarloSpec)!),
                JobKinds.Saliency => await SaliencyAsync(task, job.Spec.Deserialize(ContractsJson.Default.SaliencySpec)!),
                JobKinds.Gradients => await GradientsAsync(task, job.Spec.Deserialize(ContractsJson.Default.GradientsSpec)!),
                JobKinds.Activations => await ActivationsAsync(task, job.Spec.Deserialize(ContractsJson.Default.ActivationsSpec)!),
                _ => throw new JobInputException($"This worker does not know jobs of the kind '{job.Kind}'."),
            };
        }
        catch (JsonException e)
        {
            throw new JobInputException($"spec: {e.Message}");
        }

        async Task<EngineTask> LandscapeAsync(EngineTask task, LandscapeSpec spec)
        {
            var directions = spec.Directions ?? throw new JobInputException("directions: say which line or plane.");
            return task with
            {
                Model = await PlaceAsync("model", spec.Model),
                Batch = await PlaceAsync("batch", spec.Batch),
                Validation = spec.ValidationBatch is null ? null : await PlaceAsync("validation_batch", spec.ValidationBatch),
                Center = directions.Center is null ? null : await PlaceAsync("directions.center", directions.Center),
                To = directions.Kind == DirectionKinds.Between ? await PlaceAsync("directions.to", directions.To) : null,
                X = directions.Kind == DirectionKinds.Given ? await PlaceAsync("directions.x", directions.X) : null,
                Y = directions.Kind == DirectionKinds.Given && spec.Y is not null ? await PlaceAsync("directions.y", directions.Y) : null,
                Checkpoints = await CheckpointsAsync("directions.checkpoints", spec.Model?.RunId, directions.Checkpoints, directions.CheckpointIds),
            };
        }

        async Task<EngineTask> HessianAsync(EngineTask task, HessianSpec spec) => task with
        {
            Model = await PlaceAsync("model", spec.Model),
            Batch = await PlaceAsync("batch", spec.Batch),
            Center = spec.Center is null ? null : await PlaceAsync("center", spec.Center),
            Checkpoints = await CheckpointsAsync("checkpoints", spec.Model?.RunId, spec.Checkpoints, spec.CheckpointIds),
        };

        async Task<EngineTask> ProbeAsync(EngineTask task, ProbeSpec spec) => task with
        {
            Model = await PlaceAsync("model", spec.Model),
            Batch = await PlaceAsync("batch", spec.Batch),
        };

        async Task<EngineTask> WeightPcaAsync(EngineTask task, WeightPcaSpec spec) => task with
        {
            Checkpoints = await CheckpointsAsync("checkpoints", spec.RunId, spec.Checkpoints, spec.CheckpointIds),
        };

        async Task<EngineTask> MonteCarloAsync(EngineTask task, MonteCarloSpec spec) => await AtAsync(task, spec.Model, spec.Batch, spec.Center) with
        {
            Checkpoints = spec.Sampler == MonteCarloNames.Swag ? await CheckpointsAsync("checkpoints", spec.Model?.RunId, spec.Checkpoints, spec.CheckpointIds) : [],
        };

        Task<EngineTask> SaliencyAsync(EngineTask task, SaliencySpec spec) => AtAsync(task, spec.Model, spec.Batch, spec.Center);

        Task<EngineTask> GradientsAsync(EngineTask task, GradientsSpec spec) => AtAsync(task, spec.Model, spec.Batch, spec.Center);

        Task<EngineTask> ActivationsAsync(EngineTask task, ActivationsSpec spec) => AtAsync(task, spec.Model, spec.Batch, spec.Center);

        // A model where it stands, or at a checkpoint.
        async Task<EngineTask> AtAsync(EngineTask task, ArtifactReference? model, ArtifactReference? batch, ArtifactReference? center) => task with
        {
            Model = await PlaceAsync("model", model),
            Batch = await PlaceAsync("batch", batch),
            Center = center is null ? null : await PlaceAsync("center", center),
        };

        async Task<EngineTask> ProjectionAsync(EngineTask task, ProjectionSpec spec)
        {
            if (spec.Features is { } features)
            {
                return task with
                {
                    Model = await PlaceAsync("features.model", features.Model),
                    Batch = await PlaceAsync("features.batch", features.Batch),
                    Center = features.Checkpoint is null ? null : await PlaceAsync("features.checkpoint", features.Checkpoint),
                };
            }
            tell("Fetching the vectors");
            try
            {
                await api.DownloadVectorsAsync(job.Id, () => File.Create(Path.Combine(folder, VectorsFile)), bytes => tell($"Fetching the vectors: {bytes >> 20} MiB"), cancellation);
            }
            catch (ServerRefusedException e) when (e.Status is 404 or 410 or 422)
            {
                throw new JobInputException($"The vectors cannot be read: {e.Message}");
            }
            return task with { Vectors = VectorsFile };
        }

        async Task<string> PlaceAsync(string field, ArtifactReference? reference)
        {
            if (reference is not { RunId: { Length: > 0 } run, Name: { Length: > 0 } name }) throw new JobInputException($"{field}: names no artifact; run_id and name are needed.");
            tell($"Fetching {name}");
            await PlaceFileAsync(field, run, name, reference.Id, field);
            return field;
        }

        async Task<IReadOnlyList<EngineCheckpoint>> CheckpointsAsync(string field, string? runId, IReadOnlyList<string>? names, IReadOnlyList<string>? ids)
        {
            if (names is not { Count: > 0 }) return [];
            if (string.IsNullOrEmpty(runId)) throw new JobInputException($"{field}: the run that has them is not named.");
            var listed = (await api.ArtifactsAsync(runId, cancellation)).ToDictionary(artifact => artifact.Name, StringComparer.Ordinal);
            var checkpoints = new List<EngineCheckpoint>();
            foreach (var name in names)
            {
                if (!listed.TryGetValue(name, out var artifact)) throw new JobInputException($"{field}: the run has no artifact '{name}'.");
                tell($"Fetching checkpoint {checkpoints.Count + 1} of {names.Count}");
                var file = $"checkpoint-{checkpoints.Count}";
                await PlaceFileAsync(field, runId, name, ids?.Count == names.Count ? ids[checkpoints.Count] : artifact.Id, file);
                checkpoints.Add(new EngineCheckpoint(name, artifact.Step, file));
            }
            return checkpoints;
        }

        async Task PlaceFileAsync(string field, string run, string name, string? id, string file)
        {
            try
            {
                await cache.PlaceAsync(api, run, name, id, folder, file, cancellation);
            }
            catch (ServerRefusedException e) when (e.Status == 404)
            {
                throw new JobInputException($"{field}: the artifact '{name}' is gone: {e.Message}");
            }
        }
    }
}
