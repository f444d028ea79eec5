using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Tells what a projection would have before it, without computing anything.</summary>
internal sealed class SourceDescriptions(VectorLookup lookup, ProjectionSpecs specs, IJobStore jobs, IRunStore runs, IArtifactStore artifacts, ModelUploads models, ApiLimits limits)
{
    /// <summary>Describes it.</summary>
    /// <exception cref="ApiProblemException">422 with each fault and its pointer.</exception>
    public async Task<ProjectionDescription> DescribeAsync(Caller caller, DescribeRequest request, CancellationToken cancellation)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (string.IsNullOrEmpty(request.Project))
            errors.Add("/project", "missing", "The field 'project' is required.");
        if (request.Spec is not { ValueKind: JsonValueKind.Object })
            errors.Add("/spec", "missing", "The field 'spec' is required: an object that names vectors.");
        errors.ThrowIfAny();
        caller.Require(AccessRight.Read, request.Project!);
        var spec = JobSpecs.Read(request.Spec!.Value, ContractsJson.Default.ProjectionSpec);
        var check = new SpecCheck(caller, request.Project!, errors, runs, artifacts, models, limits, cancellation);
        var found = await lookup.FindAsync(spec, check, cancellation);
        var vectors = found.Vectors;
        string? content = null;
        var choosing = vectors is null && found.Tensors is { Count: > 0 };
        if (spec.Method is not null && !choosing && !check.Any)
        {
            (_, var coordinates, content) = await specs.CheckAsync(found, check, cancellation);
            vectors ??= coordinates;
        }
        var metadata = vectors is null ? null : Names(vectors, spec, check);
        errors.ThrowIfAny();
        return new ProjectionDescription
        {
            Rows = vectors?.Rows,
            Columns = vectors?.Columns,
            Tensors = found.Tensors,
            Tensor = found.Spec.Artifact?.Tensor,
            Steps = found.Steps,
            Step = (found.Spec.Embedding ?? found.Spec.Predictions)?.Step,
            Metadata = metadata,
            HasSprite = (spec.Sprite ?? vectors?.Points.Sprite) is not null,
            MemoryBytes = vectors is null || spec.Method is null ? null : ProjectionSpecs.MemoryBytes(spec, vectors),
            JobId = content is null ? null : (await jobs.FindContentAsync(request.Project!, content, cancellation))?.Id,
        };
    }

    private IReadOnlyList<string> Names(VectorSource vectors, ProjectionSpec spec, SpecCheck check)
    {
        var points = vectors.Points;
        if (spec.Metadata is not null)
            return [];
        if (points.Columns is not null)
            return [.. points.Columns.Keys];
        try
        {
            return points.File is var (path, name) ? [.. MetadataFile.Read(path, name, vectors.Rows, limits).Select(column => column.Name)] : [];
        }
        catch (TensorFileException bad)
        {
            check.Add("artifact", "bad_metadata", $"The metadata '{points.File?.Name}': {bad.Message}.");
            return [];
        }
    }
}
