using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>What workers ask and tell: <c>docs/jobs.md</c> describes the order of things.</summary>
internal static class WorkerEndpoints
{
    // A request that is held longer could be cut off by something in between.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private const int LongestStage = 40;
    private const int LongestWorkerText = 4096;
    private const int MostLanes = 64;

    /// <summary>Maps <c>/workers</c> and the workers' part of <c>/jobs</c>.</summary>
    public static void MapWorkers(this IEndpointRouteBuilder api)
    {
        var workers = api.MapGroup("/workers").WithTags("Workers");
        workers.MapGet("", ListAsync).Needs(AccessRight.Read, AccessSubject.Handler).WithName("listWorkers").WithSummary("Workers that were heard of lately.");
        workers.MapPost("/lease", LeaseAsync).Accepts<LeaseRequest>(MediaTypes.Json).Needs(AccessRight.Work, AccessSubject.Handler).WithName("leaseJob").WithSummary("A lane of a worker asks for a job.")
            .WithDescription("Held up to wait_seconds; 204 where there is none by then.");
        var jobs = api.MapGroup("/jobs/{job_id}").WithTags("Workers");
        jobs.MapPost("/report", ReportAsync).Accepts<JobReport>(MediaTypes.Json).Needs(AccessRight.Work, AccessSubject.Job).WithName("reportJob").WithSummary("Renews a lease and tells what got done.");
        jobs.MapPost("/finish", FinishAsync).Accepts<JobEnd>(MediaTypes.Json).Needs(AccessRight.Work, AccessSubject.Job).WithName("finishJob").WithSummary("Ends a lease with a result, an error, or by giving the job back.");
        jobs.MapGet("/watch", WatchAsync).Needs(AccessRight.Work, AccessSubject.Job).WithName("watchJob").WithSummary("Held until a lease is lost (409), or wait seconds are over (204).");
    }

    private static async Task<Ok<WorkersView>> ListAsync(
        Caller caller, WorkerRegistry registry, JobBoard board, LocalWorker local, SubjectProjects projects, CancellationToken cancellation)
    {
        var workers = registry.List(board.ByWorker, worker => RunAccess.Projects(caller, AccessRight.Read) is not { } seen || worker is null || worker.Any(seen.Contains));
        if (caller.IsAdministrator)
            return TypedResults.Ok(new WorkersView(workers, local.State, local.Problem));
        var shown = new List<WorkerView>();
        foreach (var worker in workers)
        {
            var jobs = new List<string>();
            foreach (var job in worker.Jobs)
            {
                if (await projects.OfJobAsync(job, cancellation) is { } project && caller.May(AccessRight.Read, project))
                    jobs.Add(job);
            }
            shown.Add(worker with { Jobs = jobs });
        }
        return TypedResults.Ok(new WorkersView(shown, local.State, local.Problem));
    }

    private static async Task<Results<Ok<Lease>, NoContent>> LeaseAsync(
        HttpContext context, Caller caller, WorkerRegistry registry, JobBoard board, IJobStore store, ApiLimits limits, TimeProvider clock)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.LeaseRequest);
        Check(request, limits);
        var projects = RunAccess.Projects(caller, AccessRight.Work);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var timer = clock.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), wait, Wait(request.WaitSeconds), Timeout.InfiniteTimeSpan);
        registry.Asked(request, projects);
        while (true)
        {
            // Taken before the queue is looked at: a job that comes in between is not missed.
            var queued = board.Queued;
            if (request.Kinds!.Count > 0 && !context.RequestAborted.IsCancellationRequested
                && await store.LeaseAsync([.. request.Kinds], Devices(request, registry, projects), request.Name!, projects) is { } job)
                return TypedResults.Ok(new Lease { Job = board.Begin(job, request.WorkerId!), Token = job.Token, LeaseSeconds = board.Length.TotalSeconds });
            try
            {
                await queued.WaitAsync(wait.Token);
            }
            catch (OperationCanceledException)
            {
                return TypedResults.NoContent();
            }
        }
    }

    private static async Task<Ok<ReportAnswer>> ReportAsync(
        [FromRoute(Name = "job_id")] string jobId, HttpContext context, WorkerRegistry registry, JobBoard board, IJobStore store, ApiLimits limits)
    {
        var report = await JsonBody.ReadAsync(context, ContractsJson.Default.JobReport, limits.MaxJobResultBytes);
        Check(report, limits);
        report = report with { Message = Cut(report.Message, limits) };
        if (report.Token is not { } token || !board.Renew(jobId, report))
            throw ApiProblems.LeaseLost();
        registry.Heard(board.Find(jobId, token)?.WorkerId ?? "");
        if (report.Parts is { Count: > 0 } || report.Log is { Count: > 0 })
        {
            var step = new JobStep(report.Progress, report.Message, report.Backend, report.Parts?.Select(Of).ToList() ?? [], Lines(report.Log, limits));
            board.Tell(await store.AppendAsync(jobId, token, step, limits.MaxJobLogLines));
        }
        else if (await store.FindAsync(jobId, context.RequestAborted) is { } job)
        {
            board.Tell(job);
        }
        return TypedResults.Ok(new ReportAnswer(board.Length.TotalSeconds));
    }

    private static async Task<NoContent> FinishAsync(
        [FromRoute(Name = "job_id")] string jobId, HttpContext context, JobBoard board, IJobStore store, ApiLimits limits, IOptions<WorkerOptions> options)
    {
        var end = await JsonBody.ReadAsync(context, ContractsJson.Default.JobEnd, limits.MaxJobResultBytes);
        var hasResult = end.Result is { ValueKind: JsonValueKind.Object };
        if ((hasResult ? 1 : 0) + (end.Error is not null ? 1 : 0) + (end.GivenBack == true ? 1 : 0) != 1)
            throw ApiProblems.Refused([new ProblemError("/result", "missing", "Exactly one of 'result' (an object), 'error' and 'given_back' is needed.")]);
        var outcome = new JobOutcome
        {
            Result = hasResult ? Pack(end.Result!.Value) : null,
            Error = Cut(end.Error, limits),
            ErrorCode = end.Error is null ? null : end.ErrorCode ?? JobErrors.EngineFailed,
            Died = end.ErrorCode == JobErrors.EngineDied,
            MostDeaths = options.Value.MostDeaths,
            GivenBack = end.GivenBack == true,
            Backend = end.Backend,
            Log = Lines(end.Log, limits),
        };
        board.Changed(await store.EndAsync(jobId, end.Token ?? 0, outcome));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> WatchAsync([FromRoute(Name = "job_id")] string jobId, long token, double? wait, JobBoard board, TimeProvider clock, CancellationToken cancellation)
    {
        if (board.Find(jobId, token) is not { } lease)
            throw ApiProblems.LeaseLost();
        try
        {
            await lease.Lost.Task.WaitAsync(Wait(wait), clock, cancellation);
        }
        catch (TimeoutException)
        {
            return TypedResults.NoContent();
        }
        throw ApiProblems.LeaseLost();
    }

    private static void Check(LeaseRequest request, ApiLimits limits)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        Text(request.WorkerId, "worker_id", 100);
        Text(request.Name, "name", 200);
        Text(request.Lane, "lane", 40);
        if (request.Kinds is null || request.Kinds.Count > JobKinds.All.Count || request.Kinds.Any(kind => !JobKinds.All.Contains(kind)))
            errors.Add("/kinds", "unknown_kind", $"The field 'kinds' is required: some of {string.Join(", ", JobKinds.All)}, or none.");
        if (request.Lanes?.Count > MostLanes || request.Lanes?.Any(lane => string.IsNullOrEmpty(lane) || lane.Length > 40) == true)
            errors.Add("/lanes", "out_of_range", $"A worker has {MostLanes} lanes at the most, with names of 1 to 40 characters.");
        if (request.Engine?.Length > LongestWorkerText || request.Problem?.Length > LongestWorkerText)
            errors.Add("/problem", "text_too_long", $"The texts of a worker have {LongestWorkerText} characters at the most.");
        errors.ThrowIfAny();

        void Text(string? value, string field, int longest)
        {
            if (string.IsNullOrEmpty(value) || value.Length > longest)
                errors.Add($"/{field}", "missing", $"The field '{field}' is required: 1 to {longest} characters.");
        }
    }

    private static void Check(JobReport report, ApiLimits limits)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (report.Progress is { } progress && progress is not (>= 0 and <= 1))
            errors.Add("/progress", "out_of_range", "The progress is a number from 0 to 1.");
        for (var i = 0; i < report.Parts?.Count; i++)
        {
            if (report.Parts[i] is not { } part || string.IsNullOrEmpty(part.Stage) || part.Stage.Length > LongestStage || part.Index < 0)
                errors.Add($"/parts/{i}", "wrong_type", $"A part has a stage of 1 to {LongestStage} characters, an index of 0 or more, and data.");
        }
        errors.ThrowIfAny();
    }

    private static TimeSpan Wait(double? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds is { } given && double.IsFinite(given) ? given : 0, 0, LongestWait.TotalSeconds));

    // A GPU takes what may go there; a processor takes what need not wait for one.
    private static string[] Devices(LeaseRequest request, WorkerRegistry registry, IReadOnlyCollection<string>? projects) =>
        WorkerRegistry.IsGpu(request.Lane!) ? ["cuda", "auto"] : registry.HasGpu(request.Kinds!, projects) ? ["cpu"] : ["cpu", "auto"];

    private static StoredPart Of(JobPart part) => new(0, part.Stage, part.Index, Encoding.UTF8.GetBytes(part.Data.GetRawText()));

    private static List<LogLine> Lines(IReadOnlyList<JobLogLine>? lines, ApiLimits limits) =>
        lines?.Where(line => line is not null).TakeLast(limits.MaxJobLogLines).Select(line => new LogLine(line.WallTime, Cut(line.Message, limits) ?? "")).ToList() ?? [];

    private static string? Cut(string? text, ApiLimits limits)
    {
        // A character has three bytes at the most; a pair, four.
        var longest = limits.MaxJobTextBytes / 3;
        return text is null || text.Length <= longest ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest), "…");
    }

    private static byte[] Pack(JsonElement result)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var writer = new Utf8JsonWriter(gzip))
            result.WriteTo(writer);
        return packed.ToArray();
    }
}
