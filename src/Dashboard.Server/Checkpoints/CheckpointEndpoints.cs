using System.Globalization;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>Checkpoints of runs: which is best, how two differ, which stay.</summary>
internal static class CheckpointEndpoints
{
    private static readonly string[] Goals = [MetricGoals.Min, MetricGoals.Max];

    /// <summary>Adds what the endpoints need, and the clock that applies retention rules.</summary>
    public static IServiceCollection AddCheckpoints(this IServiceCollection services) => services
        .AddSingleton<MetricAtSteps>()
        .AddSingleton<CheckpointReads>()
        .AddSingleton<CheckpointComparison>()
        .AddSingleton<RetentionSettings>()
        .AddSingleton<RetentionReads>()
        .AddSingleton<Retention>()
        .AddSingleton<RetentionClock>()
        .AddHostedService(provider => provider.GetRequiredService<RetentionClock>());

    /// <summary>Maps <c>/runs/{run_id}/checkpoints</c> and <c>/retention</c>.</summary>
    public static void MapCheckpoints(this IEndpointRouteBuilder api)
    {
        var checkpoints = api.MapGroup("/runs/{run_id}/checkpoints").WithTags("Checkpoints");
        checkpoints.MapGet("", ListAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared().WithName("listCheckpoints").WithSummary("Every checkpoint of a run with the metric that counts, newest first.")
            .WithDescription("metric is any logged tag: its value is that saved with the checkpoint, else the last logged at or before its step. goal is min or max. as_of takes a wall time and gives "
                + "what was there then, with the best and the last of that time. guards says why a checkpoint cannot be deleted, whatever was asked.");
        checkpoints.MapGet("/compare", CompareAsync).Needs(AccessRight.Read, AccessSubject.Run).WithName("compareCheckpoints").WithSummary("How far each tensor is from a to b.")
            .WithDescription("a and b are ids of checkpoints of the run, both safetensors files.");
        checkpoints.MapPatch("/{id}", PatchAsync).Accepts<PatchCheckpointRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Run).WithName("patchCheckpoint").WithSummary("Keeps a checkpoint whatever the rules say, or no longer.");
        checkpoints.MapDelete("/{id}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.Run).WithName("deleteCheckpoint").WithSummary("Deletes one version.")
            .WithDescription("409 checkpoint_guarded for the last, the best by any metric that counts, and what is kept by hand.");
        var retention = api.MapGroup("/retention").WithTags("Checkpoints");
        retention.MapGet("", GetRulesAsync).Needs(AccessRight.Read, AccessSubject.Project).WithName("getRetention").WithSummary("Retention rules of a project.");
        retention.MapPut("", PutRulesAsync).Accepts<PutRetentionRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("putRetention").WithSummary("Replaces the rules.")
            .WithDescription("revision is the one the change was made from (0 for the first); 409 setting_changed where it is no longer that.");
        retention.MapPost("/plan", PlanAsync).Accepts<PutRetentionRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("planRetention").WithSummary("What rules would do, without doing it.")
            .WithDescription("Without rules those that are saved are tried. items are checkpoints, artifacts what else goes by type and age, runs those that go to the trash or the archive or out of the trash for good; "
                + "what the server does by itself is this very list.");
    }

    private static async Task<Ok<CheckpointsView>> ListAsync(
        [FromRoute(Name = "run_id")] string runId, string? metric, string? goal, [FromQuery(Name = "as_of")] double? asOf, IRunStore runs, CheckpointReads reads,
        RetentionSettings settings, CancellationToken cancellation)
    {
        if (goal is not null && !Goals.Contains(goal))
            throw ApiProblems.BadParameter("/query/goal", "The goal must be min or max.");
        var run = await runs.FindAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
        var rules = (await settings.ReadAsync(run.Project, cancellation)).Rules;
        var set = await reads.ReadAsync(runId, string.IsNullOrEmpty(metric) ? null : metric, goal, rules, cancellation) ?? throw ApiProblems.RunNotFound();
        var items = set.Items.Where(one => asOf is null || one.Artifact.Created <= asOf).ToList();
        var best = CheckpointReads.Best(items, set.Goal);
        return TypedResults.Ok(new CheckpointsView(runId, set.Metric, set.Metric is null ? null : set.Goal, set.Metric is null ? null : set.GoalFrom, set.Metrics,
            items.Sum(one => one.Artifact.Size),
            items.ConvertAll(one => new CheckpointView(ArtifactViews.Of(one.Artifact), one.Value, one.ValueStep, one == best, one == items[0], one.Guards))));
    }

    private static async Task<Ok<CheckpointDifferenceView>> CompareAsync(
        [FromRoute(Name = "run_id")] string runId, string a, string b, CheckpointComparison comparison, CancellationToken cancellation) =>
        TypedResults.Ok(await comparison.CompareAsync(runId, a, b, cancellation));

    private static async Task<Ok<ArtifactView>> PatchAsync([FromRoute(Name = "run_id")] string runId, string id, HttpContext context, IArtifactStore store)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PatchCheckpointRequest);
        if (request.Kept is not { } kept)
            throw ApiProblems.Refused([new ProblemError("/kept", "missing", "The field 'kept' is required: true or false.")]);
        return TypedResults.Ok(ArtifactViews.Of(await store.KeepAsync(runId, id, kept, CancellationToken.None) ?? throw ApiProblems.ArtifactNotFound()));
    }

    private static async Task<NoContent> DeleteAsync([FromRoute(Name = "run_id")] string runId, string id, HttpContext context, IRunStore runs, Retention retention, AuditLog audit, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
        await retention.RemoveAsync(run.Project, runId, id, CancellationToken.None);
        await audit.WriteAsync(context, "checkpoint.deleted", run.Project, id, new Dictionary<string, string> { ["run"] = runId });
        return TypedResults.NoContent();
    }

    private static async Task<Ok<RetentionView>> GetRulesAsync(string project, RetentionSettings settings, CancellationToken cancellation) =>
        TypedResults.Ok(await settings.ReadAsync(project, cancellation));

    private static async Task<Ok<RetentionView>> PutRulesAsync(HttpContext context, Caller caller, RetentionSettings settings, RetentionClock clock, AuditLog audit, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutRetentionRequest);
        var errors = new BodyErrors(limits.MaxErrors);
        RetentionChecks.Project(request.Project, errors);
        if (request.Revision is null)
            errors.Add("/revision", "missing", "The field 'revision' is required: the revision that the change was made from, 0 for the first.");
        if (request.Rules is null)
            errors.Add("/rules", "missing", "The field 'rules' is required: an object.");
        else
            RetentionChecks.Rules(request.Rules, errors, limits);
        errors.ThrowIfAny();
        caller.Require(AccessRight.Manage, request.Project!);
        var saved = await settings.WriteAsync(request.Project!, request.Rules!, request.Revision!.Value);
        clock.Wake();
        await audit.WriteAsync(context, "retention.changed", request.Project, null, new Dictionary<string, string> { ["revision"] = saved.Revision.ToString(CultureInfo.InvariantCulture) });
        return TypedResults.Ok(saved);
    }

    private static async Task<Ok<RetentionPlanView>> PlanAsync(
        HttpContext context, Caller caller, RetentionSettings settings, Retention retention, ApiLimits limits, CancellationToken cancellation)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutRetentionRequest);
        var errors = new BodyErrors(limits.MaxErrors);
        RetentionChecks.Project(request.Project, errors);
        if (request.Rules is not null)
            RetentionChecks.Rules(request.Rules, errors, limits);
        errors.ThrowIfAny();
        caller.Require(AccessRight.Manage, request.Project!);
        var rules = request.Rules ?? (await settings.ReadAsync(request.Project!, cancellation)).Rules;
        return TypedResults.Ok(await retention.PlanAsync(request.Project!, rules, cancellation));
    }
}
