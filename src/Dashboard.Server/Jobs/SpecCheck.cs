using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Checks the fields that specs of jobs have in common, and looks their artifacts up. Faults go to <paramref name="errors"/> under <c>/spec</c>.</summary>
internal sealed class SpecCheck(Caller caller, string project, BodyErrors errors, IRunStore runs, IArtifactStore artifacts, ModelUploads models, ApiLimits limits, CancellationToken cancellation)
{
    private static readonly string[] Devices = ["auto", "cpu", "cuda"];
    // How TorchScript begins: it is a zip.
    private static readonly byte[] Archive = [.. "PK\x3\x4"u8];
    private readonly Dictionary<string, bool> _runs = [];

    /// <summary>Whether a fault was noted.</summary>
    public bool Any => errors.Any;

    /// <summary>Ends the request where a fault was noted.</summary>
    public void ThrowIfAny() => errors.ThrowIfAny();

    /// <summary>Notes a fault of a field.</summary>
    public void Add(string field, string code, string message) => errors.Add($"/spec/{field}", code, message);

    /// <summary>The value, which must be one of these; <paramref name="fallback"/> where it is absent, and where that is null it is required.</summary>
    public string OneOf(string? value, IReadOnlyList<string> allowed, string field, string? fallback = null)
    {
        if (value is null && fallback is not null)
            return fallback;
        if (value is null)
            Add(field, "missing", $"The field '{Last(field)}' is required: {string.Join(", ", allowed)}.");
        else if (!allowed.Contains(value))
            Add(field, "unknown_value", $"The field '{Last(field)}' must be one of {string.Join(", ", allowed)}.");
        return value ?? allowed[0];
    }

    /// <summary>What the job may be computed on.</summary>
    public string Device(string? value) => OneOf(value, Devices, "device", "auto");

    /// <summary>A factor of the loss: finite and not negative.</summary>
    public void Factor(double? value, string field)
    {
        if (value is { } given && !(given >= 0 && double.IsFinite(given)))
            Add(field, "out_of_range", $"The field '{Last(field)}' must be a number of 0 or more.");
    }

    /// <summary>A number above zero.</summary>
    public void Positive(double? value, string field)
    {
        if (value is { } given && !(given > 0 && double.IsFinite(given)))
            Add(field, "out_of_range", $"The field '{Last(field)}' must be a number above 0.");
    }

    /// <summary>A whole number between two bounds.</summary>
    public void Count(int? value, string field, int least, int most)
    {
        if (value is { } given && (given < least || given > most))
            Add(field, "out_of_range", $"The field '{Last(field)}' must be from {least} to {most}.");
    }

    /// <summary>The artifact with the id of its newest version, or of the one asked for. It must exist, in a run of the project.</summary>
    public async Task<ArtifactReference?> ArtifactAsync(ArtifactReference? reference, string field, bool required = true)
    {
        if (reference is null)
        {
            if (required)
                Add(field, "missing", $"The field '{Last(field)}' is required: {{ \"run_id\", \"name\" }} of an artifact.");
            return null;
        }
        return await FileAsync(reference.RunId, reference.Name, reference.Id, field) is var (info, _) ? reference with { Id = info.Id } : reference;
    }

    /// <summary>A version of an artifact, the newest where no id is given, with the path of its content; null where a fault was noted.</summary>
    public async Task<(ArtifactInfo Info, string Path)?> FileAsync(string? runId, string? name, string? id, string field)
    {
        if (string.IsNullOrEmpty(runId))
            Add($"{field}/run_id", "missing", "The field 'run_id' is required: the run that has the artifact.");
        else if (string.IsNullOrEmpty(name))
            Add($"{field}/name", "missing", "The field 'name' is required: the artifact's name within its run.");
        else if (await IsOfProjectAsync(runId, $"{field}/run_id"))
            return await FindAsync(runId, name, id, $"{field}/name");
        return null;
    }

    /// <summary>Ids of the newest versions of a run's checkpoints; null where there are none or something is wrong with them.</summary>
    public async Task<IReadOnlyList<string>?> CheckpointsAsync(IReadOnlyList<string>? names, string? runId, string field)
    {
        if (names is null || names.Count == 0)
            return null;
        if (names.Count > limits.MaxJobCheckpoints)
        {
            Add(field, "too_many_checkpoints", $"A job takes {limits.MaxJobCheckpoints} checkpoints at the most, and there are {names.Count}: take every second.");
            return null;
        }
        if (string.IsNullOrEmpty(runId) || !await IsOfProjectAsync(runId, "model/run_id"))
            return null;
        var ids = new List<string>();
        for (var i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrEmpty(names[i]))
                Add($"{field}/{i}", "missing", "A checkpoint's name must not be empty.");
            else if (await FindAsync(runId, names[i], null, $"{field}/{i}") is var (info, _))
                ids.Add(info.Id);
        }
        return ids.Count == names.Count ? ids : null;
    }

    /// <summary>Names of all checkpoints of a run, in the order of their steps.</summary>
    public async Task<IReadOnlyList<string>> AllCheckpointsAsync(string runId) =>
        [.. (await artifacts.ListAsync(runId, "checkpoint", null, versions: false, cancellation) ?? []).OrderBy(artifact => artifact.Step ?? long.MaxValue).ThenBy(artifact => artifact.Created).Select(artifact => artifact.Name)];

    /// <summary>Whether a run is there and belongs to the project; a fault is noted where not.</summary>
    public async Task<bool> IsOfProjectAsync(string runId, string field)
    {
        if (_runs.TryGetValue(runId, out var known))
            return known;
        var run = await runs.FindAsync(runId, cancellation);
        // What the caller may not read they cannot tell from what is not there.
        if (run is null || !caller.May(AccessRight.Read, run.Project))
            Add(field, "run_not_found", "There is no run with this id.");
        else if (run.Project != project)
            Add(field, "other_project", $"The run belongs to another project than '{project}'.");
        return _runs[runId] = run?.Project == project && caller.May(AccessRight.Read, project);
    }

    private async Task<(ArtifactInfo Info, string Path)?> FindAsync(string runId, string name, string? id, string field)
    {
        if (await artifacts.FindAsync(runId, name, null, id, cancellation) is { } found)
        {
            if (!models.Enforced || found.Info.Type == ModelUploads.Type || !await IsModelAsync(found.Path, field))
                return found;
            Add(field, "not_a_model", $"'{name}' was uploaded as '{found.Info.Type}', and would be run as a model. Upload it with the type 'model', which takes an owner of the project, or a member whom the owner lets.");
            return null;
        }
        Add(field, "artifact_not_found", $"The run has no artifact named '{name}'{(id is null ? "" : " with this id")}.");
        return null;
    }

    // A worker takes two things for a model: what the field of a model names, and an archive where weights may come from either.
    private async Task<bool> IsModelAsync(string path, string field)
    {
        if (field.Split('/') is [.., "model", _])
            return true;
        var start = new byte[Archive.Length];
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
        return await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation) == start.Length && start.AsSpan().SequenceEqual(Archive);
    }

    private static string Last(string field) => field[(field.LastIndexOf('/') + 1)..];
}
