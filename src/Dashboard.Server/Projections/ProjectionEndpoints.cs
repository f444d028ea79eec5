using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>What projections have beyond other jobs: sources, coordinates, metadata, neighbours, vectors.</summary>
internal static class ProjectionEndpoints
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddProjections(this IServiceCollection services) => services
        .AddSingleton<TableCache>().AddSingleton<LoggedVectors>().AddSingleton<FileVectors>().AddSingleton<VectorLookup>().AddSingleton<ProjectionSpecs>()
        .AddSingleton<ProjectionReads>().AddSingleton<SourceListing>().AddSingleton<SourceDescriptions>().AddSingleton<NeighborSearch>();

    /// <summary>Maps <c>/projections</c> and what lies under <c>/jobs/{job_id}</c>.</summary>
    public static void MapProjections(this IEndpointRouteBuilder api)
    {
        var projections = api.MapGroup("/projections").WithTags("Projections");
        projections.MapGet("/sources", SourcesAsync).Needs(AccessRight.Read, AccessSubject.Project).WithName("listProjectionSources").WithSummary("What can be projected, over all runs of a project.");
        projections.MapPost("/describe", DescribeAsync).Accepts<DescribeRequest>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).WithName("describeProjection").WithSummary("What is known of vectors before they are projected.")
            .WithDescription("Faults of the source come as 422 with their pointer, as they would when the job is posted.");
        var job = api.MapGroup("/jobs/{job_id}").WithTags("Projections");
        job.MapGet("/coordinates", CoordinatesAsync).Produces<Stream>(200, MediaTypes.Tensors).Needs(AccessRight.Read, AccessSubject.Job).Shared().WithName("getCoordinates").WithSummary("The coordinates of a projection.")
            .WithDescription("format=safetensors (also absent): a tensor coordinates, and preservation where it was measured; the rest of the result as JSON in __metadata__, lossboard.result. format=csv: a line a vector, with its metadata.");
        job.MapGet("/points", PointsAsync).Needs(AccessRight.Read, AccessSubject.Job).Shared().WithName("getPoints").WithSummary("What is known of each vector of a projection.");
        job.MapPost("/neighbors", NeighborsAsync).Accepts<NeighborsRequest>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Job).Shared().WithName("findNeighbors").WithSummary("The nearest vectors of one, in the original space.");
        job.MapGet("/vectors", VectorsAsync).Produces<Stream>(200, MediaTypes.Tensors).Needs(AccessRight.Read, AccessSubject.Job).OrWork().WithName("getVectors").WithSummary("The vectors of a projection as a safetensors file.")
            .WithDescription("float32, tensor vectors, and coordinates where those are given. This is what a worker reads.");
    }

    private static async Task<Ok<ProjectionSources>> SourcesAsync(string project, SourceListing listing, CancellationToken cancellation) =>
        TypedResults.Ok(await listing.ListAsync(project, cancellation));

    private static async Task<Ok<ProjectionDescription>> DescribeAsync(HttpContext context, Caller caller, SourceDescriptions descriptions, CancellationToken cancellation) =>
        TypedResults.Ok(await descriptions.DescribeAsync(caller, await JsonBody.ReadAsync(context, ContractsJson.Default.DescribeRequest), cancellation));

    private static async Task<Ok<ProjectionPoints>> PointsAsync([FromRoute(Name = "job_id")] string jobId, ProjectionReads reads, CancellationToken cancellation)
    {
        var (job, spec) = await reads.JobAsync(jobId, cancellation);
        var (columns, sprite, rows) = await reads.PointsAsync(job, spec, cancellation);
        return TypedResults.Ok(new ProjectionPoints(rows, columns, sprite));
    }

    private static async Task<Ok<NeighborsView>> NeighborsAsync(
        [FromRoute(Name = "job_id")] string jobId, HttpContext context, ProjectionReads reads, NeighborSearch search, CancellationToken cancellation)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.NeighborsRequest);
        var (job, spec) = await reads.JobAsync(jobId, cancellation);
        var (vectors, coordinates) = await reads.SourcesAsync(job, spec, cancellation);
        return TypedResults.Ok(await search.FindAsync(request, vectors ?? coordinates!, cancellation));
    }

    private static async Task<IResult> CoordinatesAsync([FromRoute(Name = "job_id")] string jobId, string? format, HttpContext context, ProjectionReads reads, CancellationToken cancellation)
    {
        if (format is not (null or "safetensors" or "csv"))
            throw ApiProblems.BadParameter("/query/format", "The parameter 'format' must be safetensors or csv.");
        var (job, spec) = await reads.JobAsync(jobId, cancellation);
        var table = await reads.TableAsync(job, cancellation);
        // A result never changes; a job that is removed and posted again has another id.
        context.Response.Headers.CacheControl = "private, max-age=3600";
        if (format == "csv")
        {
            var columns = (await reads.PointsAsync(job, spec, cancellation)).Columns;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"projection-{job.Id}.csv\"";
            context.Response.ContentType = MediaTypes.Csv;
            await ProjectionCsv.WriteAsync(context.Response.BodyWriter, table, columns, cancellation);
            return Results.Empty;
        }
        await TensorStream.WriteAsync(context.Response, TensorStream.Of(table), cancellation, new Dictionary<string, string> { ["lossboard.result"] = table.Facts });
        return Results.Empty;
    }

    private static async Task<IResult> VectorsAsync([FromRoute(Name = "job_id")] string jobId, HttpContext context, ProjectionReads reads, CancellationToken cancellation)
    {
        var (job, spec) = await reads.JobAsync(jobId, cancellation);
        var (vectors, coordinates) = await reads.SourcesAsync(job, spec, cancellation);
        var opened = TensorStream.Of(vectors, coordinates);
        try
        {
            await TensorStream.WriteAsync(context.Response, opened, cancellation);
        }
        finally
        {
            foreach (var (_, rows) in opened) (rows as IDisposable)?.Dispose();
        }
        return Results.Empty;
    }
}
