using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Checks the spec of a PCA of checkpoints, and finds the checkpoints where none are named.</summary>
internal static class WeightPcaSpecCheck
{
    private const int MostClusters = 50;

    /// <summary>The spec with the names and ids of its checkpoints.</summary>
    public static async Task<WeightPcaSpec> ApplyAsync(WeightPcaSpec spec, SpecCheck check)
    {
        check.Count(spec.Dims, "dims", 2, 3);
        check.Count(spec.Clusters, "clusters", 0, MostClusters);
        if (string.IsNullOrEmpty(spec.RunId))
        {
            check.Add("run_id", "missing", "The field 'run_id' is required: the run whose checkpoints are read.");
            return spec;
        }
        if (!await check.IsOfProjectAsync(spec.RunId, "run_id"))
            return spec;
        var names = spec.Checkpoints ?? await check.AllCheckpointsAsync(spec.RunId);
        if (names.Count < 2)
        {
            var where = spec.Checkpoints is null ? $"the run has {names.Count}: log them with run.log_checkpoint(model, step)" : $"{names.Count} are named";
            check.Add("checkpoints", "too_few_checkpoints", $"At least 2 checkpoints are needed, and {where}.");
            return spec;
        }
        if (spec.Clusters > names.Count)
            check.Add("clusters", "out_of_range", $"There are {names.Count} checkpoints, which cannot make {spec.Clusters} clusters.");
        return spec with { Checkpoints = names, CheckpointIds = await check.CheckpointsAsync(names, spec.RunId, "checkpoints") };
    }
}
