using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Principal directions of a run's checkpoints. Needs no libtorch.</summary>
internal sealed class WeightPcaJob(EngineContext context) : IEngineJob
{
    private readonly EngineTask _task = context.Task;

    public JsonElement Run()
    {
        var began = context.Time.GetTimestamp();
        var spec = _task.Spec.Deserialize(ContractsJson.Default.WeightPcaSpec)!;
        var dims = spec.Dims ?? 2;
        if (dims is not (2 or 3)) throw new TorchInputException($"dims: {dims} is neither 2 nor 3.");
        if (_task.Checkpoints.Count < 2) throw new TorchInputException($"checkpoints: 2 at the least are needed, and there are {_task.Checkpoints.Count}.");
        if (spec.Clusters < 0 || spec.Clusters > _task.Checkpoints.Count) throw new TorchInputException($"clusters: {_task.Checkpoints.Count} checkpoints cannot make {spec.Clusters}.");
        context.Output.Progress(0, "Reading the checkpoints", null);
        var set = Fields.Of("checkpoints", () => new CheckpointSet([.. _task.Checkpoints.Select(checkpoint => (checkpoint.Name, context.PathOf(checkpoint.File, "checkpoints")))]));
        context.Output.Note($"{set.Count} checkpoints of {set.Columns} weights.");
        var notes = new List<string>();
        if (set.LeftOut > 0) notes.Add($"BatchNorm's statistics ({set.LeftOut} tensors) are no weights and were left out.");
        var distances = Fields.Of("checkpoints", () => CheckpointDistances.Measure(set, _task.Cores, Tell, context.Cancellation));
        var pca = Fields.Of("checkpoints", () => WeightPca.Of(distances.Gram));
        var clusters = WeightClusters.Find(pca.Scores, spec.Clusters, spec.Seed ?? 0, new ComputeOptions { Threads = _task.Cores, Cancellation = context.Cancellation });
        var view = new WeightPcaView
        {
            Names = [.. _task.Checkpoints.Select(checkpoint => checkpoint.Name)],
            Steps = [.. _task.Checkpoints.Select(checkpoint => checkpoint.Step)],
            Coordinates = [.. pca.Scores.Select(row => (double[])[.. Enumerable.Range(0, dims).Select(k => k < row.Length ? row[k] : 0)])],
            ExplainedVariance = pca.ExplainedVariance,
            RandomWalk = [.. Enumerable.Range(1, pca.ExplainedVariance.Length).Select(PcaPath.RandomWalkVariance)],
            Residuals = [.. pca.Scores.Select(row => Math.Sqrt(row.Skip(dims).Sum(value => value * value)))],
            Norms = distances.Norms,
            StepNorms = distances.StepNorms,
            TotalMovement = distances.StepNorms.Sum(),
            Displacement = distances.Displacement,
            Clusters = clusters.Labels,
            ClustersChosenBy = clusters.ChosenBy,
            Silhouette = clusters.Silhouette,
            Silhouettes = clusters.Compared,
            WhyNoClusters = clusters.Why,
            Parameters = set.Columns,
            Notes = notes.Count == 0 ? null : notes,
            Device = _task.Lane,
            Engine = $"lossboard {typeof(WeightPcaJob).Assembly.GetName().Version!.ToString(3)}",
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.WeightPcaView);

        void Tell(double share)
        {
            var seconds = context.Time.GetElapsedTime(began).TotalSeconds;
            context.Output.Progress(0.95 * share, "Comparing the checkpoints", seconds * (1 / share - 1));
        }
    }
}
