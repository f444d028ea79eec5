using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>Projects and runs.</summary>
internal static class RunEndpoints
{
    /// <summary>Adds the query layer.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services) => services
        .AddSingleton<DashboardQueries>()
        .AddSingleton<RunChangeLog>()
        .AddSingleton<RunCatalogue>()
        .AddSingleton<SummaryCache>()
        .AddSingleton<TagCountCache>()
        .AddSingleton<RunSearch>()
        .AddSingleton<RunPages>()
        .AddSingleton<RunFieldReads>()
        .AddScoped<IDashboardQueries, PageQueries>();

    /// <summary>Maps <c>/projects</c> and <c>/runs</c>.</summary>
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapGet("/projects", ListProjectsAsync)
            .Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("listProjects").WithTags("Runs").WithSummary("All projects, the last changed first.");
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("", ListAsync).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("listRuns")
            .WithSummary("A page of runs, newest first.").WithDescription("query is a run query: a word finds name, group and tags, and config.lr < 0.01 compares; trash=true lists the trash instead. "
                + "The header Lossboard-Seq is the commit to subscribe after.");
        runs.MapPut("", PutAsync).Accepts<PutRunRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Handler).WithName("putRun")
            .WithSummary("Creates a run, or changes the one of this name.");
        runs.MapGet("/{run_id}", GetAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared(SharedTags.OfHandler).WithName("getRun").WithSummary("One run with its whole summary.");
        runs.MapPatch("/{run_id}", PatchAsync).Accepts<PatchRunRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Run).WithName("patchRun")
            .WithSummary("Changes a run.")
            .WithDescription("trashed and archived: true puts it there, false takes it out. base holds what the edit began from: 409 run_changed where the run differs.");
        runs.MapPost("/bulk", BulkAsync).Accepts<BulkRunsRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Handler).WithName("changeRuns")
            .WithSummary("One change of many runs, in one transaction.").WithDescription("permanent: true removes them for good instead.");
        runs.MapDelete("/{run_id}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.Run).WithName("deleteRun")
            .WithSummary("Puts a run in the trash.").WithDescription("permanent=true removes it with its series, keys and artifacts for good.");
    }

    private static async Task<Ok<Page<ProjectView>>> ListProjectsAsync(Caller caller, DashboardQueries queries, CancellationToken cancellation) =>
        TypedResults.Ok(new Page<ProjectView>(await queries.ListProjectsAsync(caller, cancellation), null));

    private static async Task<Ok<Page<RunView>>> ListAsync(
        HttpResponse response, Caller caller, SeqSource seqs, DashboardQueries queries, ApiLimits limits, string? project, string? query, int? limit, string? cursor, bool? trash,
        CancellationToken cancellation)
    {
        SeqHeader.Set(response, seqs.LastSeq);
        return TypedResults.Ok(await queries.ListRunsAsync(caller, project, query, limit ?? limits.DefaultPageSize, cursor, trash ?? false, cancellation));
    }

    private static async Task<Results<Ok<RunView>, Created<RunView>>> PutAsync(HttpContext context, Caller caller, IRunStore runs, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutRunRequest);
        var (project, name, change) = new RunChanges(limits).Of(request);
        caller.Require(AccessRight.Write, project);
        var (run, created) = await runs.PutAsync(project, name, change, CancellationToken.None);
        var view = RunViews.Of(run);
        return created ? TypedResults.Created($"/api/v1/runs/{Uri.EscapeDataString(run.Id)}", view) : TypedResults.Ok(view);
    }

    private static async Task<Ok<RunView>> GetAsync([FromRoute(Name = "run_id")] string runId, Caller caller, DashboardQueries queries, CancellationToken cancellation) =>
        TypedResults.Ok(await queries.FindRunAsync(caller, runId, cancellation) ?? throw ApiProblems.RunNotFound());

    private static async Task<Ok<RunView>> PatchAsync([FromRoute(Name = "run_id")] string runId, HttpContext context, IRunStore runs, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PatchRunRequest);
        var run = await runs.ChangeAsync(runId, new RunChanges(limits).Of(request), CancellationToken.None);
        return TypedResults.Ok(RunViews.Of(run ?? throw ApiProblems.RunNotFound()));
    }

    private static async Task<Ok<BulkRunsAnswer>> BulkAsync(HttpContext context, Caller caller, RunAccess access, IRunStore runs, SubjectProjects projects, AuditLog audit, ApiLimits limits) =>
        TypedResults.Ok(await BulkRuns.ApplyAsync(context, caller, access, runs, projects, audit, limits));

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "run_id")] string runId, bool? permanent, HttpContext context, Caller caller, RunAccess access, IRunStore runs, AuditLog audit)
    {
        if (permanent == true)
        {
            await access.RequireAsync(caller, AccessRight.Manage, runId, context.RequestAborted);
            // Afterwards nobody can tell what it was called.
            var run = await runs.FindAsync(runId, context.RequestAborted) ?? throw ApiProblems.RunNotFound();
            if (!await runs.RemoveAsync(runId, CancellationToken.None))
                throw ApiProblems.RunNotFound();
            await audit.WriteAsync(context, "run.deleted", run.Project, runId, new Dictionary<string, string> { ["name"] = run.Name });
            return TypedResults.NoContent();
        }
        return await runs.ChangeAsync(runId, new RunChange { Trashed = true }, CancellationToken.None) is not null ? TypedResults.NoContent() : throw ApiProblems.RunNotFound();
    }
}
