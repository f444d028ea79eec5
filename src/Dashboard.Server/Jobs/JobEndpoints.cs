using System.IO.Compression;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Jobs, as people and scripts see them.</summary>
internal static class JobEndpoints
{
    // An answer with parts stays of a size that a browser takes in without a pause; who wants more asks again from `next`.
    private const long PartsBytes = 4 << 20;
    private static readonly string[] Listed = [.. JobKinds.All.Where(kind => kind != JobKinds.Probe)];

    /// <summary>Adds what keeps jobs and their leases.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        services.AddSingleton<JobSpecs>();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<WorkerRegistry>();
        services.AddSingleton<LocalWorker>();
        services.AddHostedService<LeaseClock>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalWorker>());
        return services;
    }

    /// <summary>Maps <c>/jobs</c>.</summary>
    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapPost("", PostAsync).Accepts<PostJobRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Handler).WithName("postJob").WithSummary("Queues a job: a landscape, curvature, a projection, Monte Carlo samples, the PCA of checkpoints, saliency, gradients, activations, or a probe.")
            .WithDescription("docs/jobs.md describes the kinds. Artifacts that the spec names are fixed to the version that is newest now.");
        jobs.MapGet("", ListAsync).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("listJobs").WithSummary("A page of jobs, newest first.")
            .WithDescription("kind and status choose; probes are left out unless kind=probe asks for them.");
        jobs.MapGet("/{job_id}", GetAsync).Needs(AccessRight.Read, AccessSubject.Job).OrWork().Shared().WithName("getJob").WithSummary("One job.");
        jobs.MapGet("/{job_id}/result", ResultAsync).Produces<LandscapeView>().Needs(AccessRight.Read, AccessSubject.Job).OrWork().Shared().WithName("getJobResult").WithSummary("The result of a job that succeeded.")
            .WithDescription("Its shape depends on the kind: LandscapeView, HessianView, ProjectionView, ProbeView, WeightPcaView, MonteCarloView, SaliencyView, GradientsView or ActivationsView. 409 job_not_finished, job_failed or job_cancelled where there is none.");
        jobs.MapGet("/{job_id}/parts", PartsAsync).Needs(AccessRight.Read, AccessSubject.Job).OrWork().Shared().WithName("getJobParts").WithSummary("Parts of the result that are there already.")
            .WithDescription("In the order in which they were stored, from after on; next is where to go on. An answer holds about 4 MiB at the most: ask until items is empty. last=true gives the newest part alone.");
        jobs.MapGet("/{job_id}/log", LogAsync).Needs(AccessRight.Read, AccessSubject.Job).WithName("getJobLog").WithSummary("What the job said.");
        jobs.MapPost("/{job_id}/retry", RetryAsync).Needs(AccessRight.Write, AccessSubject.Job).WithName("retryJob").WithSummary("Puts a failed or cancelled job back into the queue, with its parts.");
        jobs.MapDelete("/{job_id}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.Job).WithName("deleteJob").WithSummary("Cancels a job that waits or runs.").WithDescription("permanent=true removes one that has ended.");
    }

    private static async Task<Accepted<JobView>> PostAsync(HttpContext context, Caller caller, JobSpecs specs, IJobStore store, JobBoard board, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PostJobRequest);
        var job = await store.AddAsync(await specs.CheckAsync(caller, request, context.RequestAborted), limits.MaxOpenJobs, CancellationToken.None) ?? throw ApiProblems.ProjectNotFound();
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", board.Changed(job));
    }

    private static async Task<Ok<Page<JobView>>> ListAsync(
        string? project, string? kind, string? status, int? limit, string? cursor, Caller caller, HttpResponse response, SeqSource seqs, IJobStore store, JobBoard board, ApiLimits limits,
        CancellationToken cancellation)
    {
        SeqHeader.Set(response, seqs.LastSeq);
        if (kind is not null && !JobKinds.All.Contains(kind))
            throw ApiProblems.BadParameter("/query/kind", $"The kind must be {string.Join(", ", JobKinds.All)}.");
        if (status is not null && JobViews.Status(status) is null)
            throw ApiProblems.BadParameter("/query/status", $"The status must be {string.Join(", ", JobStatuses.All)}.");
        var most = limit ?? limits.DefaultPageSize;
        if (most < 1 || most > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"The parameter 'limit' must be from 1 to {limits.MaxPageSize}.");
        try
        {
            var query = new JobQuery(project, kind is null ? Listed : [kind], status is null ? null : JobViews.Status(status), most, cursor, RunAccess.Projects(caller, AccessRight.Read));
            if (project is not null && ProjectScope.Of(caller, project) is { IsWhole: false, RunIds.Count: > 0 } scope)
                return TypedResults.Ok(await SharedAsync(query, scope, store, board, limits, cancellation));
            var page = await store.ListAsync(query, cancellation);
            return TypedResults.Ok(new Page<JobView>(page.Jobs.Select(board.View).ToList(), page.NextCursor));
        }
        catch (ArgumentException) when (cursor is not null)
        {
            throw ApiProblems.BadParameter("/query/cursor", "The cursor is not one that this server gave; begin again without it.", "invalid_cursor");
        }
    }

    // Who sees some runs of a project sees the jobs over them: those among its newest, in one page.
    private static async Task<Page<JobView>> SharedAsync(JobQuery query, ProjectScope scope, IJobStore store, JobBoard board, ApiLimits limits, CancellationToken cancellation)
    {
        var all = await store.ListAsync(query with { Projects = null, Limit = limits.MaxPageSize }, cancellation);
        return new Page<JobView>(all.Jobs.Where(job => JobRuns.Shows(scope, job.SpecJson)).Take(query.Limit).Select(board.View).ToList(), null);
    }

    private static async Task<Ok<JobView>> GetAsync([FromRoute(Name = "job_id")] string jobId, IJobStore store, JobBoard board, CancellationToken cancellation) =>
        TypedResults.Ok(board.View(await store.FindAsync(jobId, cancellation) ?? throw ApiProblems.JobNotFound()));

    private static async Task<PushStreamHttpResult> ResultAsync([FromRoute(Name = "job_id")] string jobId, IJobStore store, CancellationToken cancellation)
    {
        var job = await store.FindAsync(jobId, cancellation) ?? throw ApiProblems.JobNotFound();
        if (await store.ReadResultAsync(jobId, cancellation) is not { } packed)
        {
            throw job.Status switch
            {
                JobStatus.Failed => ApiProblems.JobState("job_failed", $"The job failed: {job.Error} POST …/retry tries it again."),
                JobStatus.Cancelled => ApiProblems.JobState("job_cancelled", "The job was cancelled. POST …/retry puts it back into the queue."),
                _ => ApiProblems.JobState("job_not_finished", $"The job is {JobViews.Name(job.Status)}; its result is not there yet."),
            };
        }
        return TypedResults.Stream(async body =>
        {
            await using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            await unpacked.CopyToAsync(body, cancellation);
        }, MediaTypes.Json);
    }

    private static async Task<Ok<JobPartsView>> PartsAsync([FromRoute(Name = "job_id")] string jobId, long? after, bool? last, IJobStore store, CancellationToken cancellation)
    {
        var parts = await store.ReadPartsAsync(jobId, after ?? 0, PartsBytes, last ?? false, cancellation) ?? throw ApiProblems.JobNotFound();
        return TypedResults.Ok(new JobPartsView(parts.Select(Of).ToList(), parts.Count > 0 ? parts[^1].Number : after ?? 0));
    }

    private static async Task<Ok<JobLogView>> LogAsync([FromRoute(Name = "job_id")] string jobId, IJobStore store, CancellationToken cancellation) =>
        TypedResults.Ok(new JobLogView((await store.ReadLogAsync(jobId, cancellation) ?? throw ApiProblems.JobNotFound()).Select(line => new JobLogLine(line.WallTime, line.Message)).ToList()));

    private static async Task<Accepted<JobView>> RetryAsync([FromRoute(Name = "job_id")] string jobId, IJobStore store, JobBoard board)
    {
        var job = await store.RetryAsync(jobId) ?? throw ApiProblems.JobNotFound();
        return job.Status == JobStatus.Queued
            ? TypedResults.Accepted($"/api/v1/jobs/{job.Id}", board.Changed(job))
            : throw ApiProblems.JobState("job_not_ended", $"The job is {JobViews.Name(job.Status)}; only one that failed or was cancelled can be tried again.");
    }

    private static async Task<Results<Ok<JobView>, NoContent>> DeleteAsync([FromRoute(Name = "job_id")] string jobId, bool? permanent, Caller caller, IJobStore store, JobBoard board, CancellationToken cancellation)
    {
        if (permanent != true)
        {
            var cancelled = await store.CancelAsync(jobId) ?? throw ApiProblems.JobNotFound();
            return cancelled.Status == JobStatus.Cancelled
                ? TypedResults.Ok(board.Changed(cancelled))
                : throw ApiProblems.JobState("job_ended", $"The job has ended ({JobViews.Name(cancelled.Status)}) and cannot be cancelled. permanent=true removes it.");
        }
        caller.Require(AccessRight.Manage, (await store.FindAsync(jobId, cancellation) ?? throw ApiProblems.JobNotFound()).Project);
        var removed = await store.RemoveAsync(jobId) ?? throw ApiProblems.JobNotFound();
        if (removed.Status is JobStatus.Queued or JobStatus.Running)
            throw ApiProblems.JobState("job_not_ended", $"The job is {JobViews.Name(removed.Status)}; cancel it first.");
        board.Removed(removed);
        return TypedResults.NoContent();
    }

    private static JobPart Of(StoredPart part)
    {
        using var data = JsonDocument.Parse(part.Data);
        return new JobPart { Number = part.Number, Stage = part.Stage, Index = part.Index, Data = data.RootElement.Clone() };
    }
}
