using System.IO.Compression;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Reads what belongs to a projection: its coordinates, and the vectors and metadata that it was computed from.</summary>
internal sealed class ProjectionReads(IJobStore jobs, IRunStore runs, IArtifactStore artifacts, VectorLookup lookup, ModelUploads models, ApiLimits limits)
{
    /// <summary>A projection's job.</summary>
    /// <exception cref="ApiProblemException">404 for no such job, 409 for one of another kind.</exception>
    public async Task<(JobInfo Job, ProjectionSpec Spec)> JobAsync(string id, CancellationToken cancellation)
    {
        var job = await jobs.FindAsync(id, cancellation) ?? throw ApiProblems.JobNotFound();
        return job.Kind == JobKinds.Projection
            ? (job, JsonSerializer.Deserialize(job.SpecJson, ContractsJson.Default.ProjectionSpec)!)
            : throw ApiProblems.JobState("not_a_projection", $"The job is a {job.Kind}, which has no points.");
    }

    /// <summary>Its result.</summary>
    /// <exception cref="ApiProblemException">409 where there is none.</exception>
    public async Task<ProjectionTable> TableAsync(JobInfo job, CancellationToken cancellation)
    {
        var packed = await jobs.ReadResultAsync(job.Id, cancellation)
            ?? throw ApiProblems.JobState("job_not_finished", $"The job is {JobViews.Name(job.Status)}; its coordinates are not there.");
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            await gzip.CopyToAsync(unpacked, cancellation);
        return ProjectionTable.Read(unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length));
    }

    /// <summary>The vectors, and the coordinates where they are given.</summary>
    /// <exception cref="ApiProblemException">409 where they are gone, or not computed yet.</exception>
    public async Task<(VectorSource? Vectors, VectorSource? Coordinates)> SourcesAsync(JobInfo job, ProjectionSpec spec, CancellationToken cancellation)
    {
        if (spec.Features is not null)
        {
            var made = (await TableAsync(job, cancellation)).Vectors ?? throw Gone("The job kept no vectors.");
            spec = new ProjectionSpec { Method = spec.Method, Artifact = made };
        }
        var errors = new BodyErrors(limits.MaxErrors);
        // Checked when the job was posted, and the job itself is seen: what it was computed from belongs to it.
        var check = new SpecCheck(Caller.Server, job.Project, errors, runs, artifacts, models, limits, cancellation);
        var found = await lookup.FindAsync(spec, check, cancellation);
        var coordinates = spec.Method == ProjectionMethods.Given ? (await lookup.CoordinatesAsync(spec, check, cancellation)).Coordinates : null;
        return errors.First is { } fault ? throw Gone(fault.Message) : (found.Vectors, coordinates);
    }

    /// <summary>What is known of each vector; where the source is gone, nothing is.</summary>
    public async Task<(IReadOnlyList<PointColumn> Columns, SpriteReference? Sprite, int Rows)> PointsAsync(JobInfo job, ProjectionSpec spec, CancellationToken cancellation)
    {
        var (vectors, coordinates) = await SourcesAsync(job, spec, cancellation);
        var source = vectors ?? coordinates ?? throw Gone("The job names no vectors.");
        var points = source.Points;
        var file = points.File;
        if (spec.Metadata is { RunId: { } runId, Name: { } name } metadata)
            file = await artifacts.FindAsync(runId, name, null, metadata.Id, cancellation) is var (info, path) ? (path, info.Name) : throw Gone($"The metadata '{name}' are gone.");
        return (file is var (where, called) ? Read(where, called, source.Rows) : Logged(points), spec.Sprite ?? points.Sprite, source.Rows);
    }

    private IReadOnlyList<PointColumn> Read(string path, string name, int rows)
    {
        try
        {
            return MetadataFile.Read(path, name, rows, limits);
        }
        catch (Exception bad) when (bad is TensorFileException or IOException)
        {
            throw Gone($"The metadata '{name}': {bad.Message}");
        }
    }

    private List<PointColumn> Logged(PointSource points) =>
        points.Columns is null ? [] : [.. points.Columns.Take(limits.MaxMetadataColumns).Select(column => PointColumns.Of(column.Key, column.Value))];

    private static ApiProblemException Gone(string why) => ApiProblems.JobState("vectors_gone", $"The vectors that this was computed from cannot be read: {why}");
}
