using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Server;

/// <summary>The rules of projects: listed, changed, tried.</summary>
internal static class RuleEndpoints
{
    // Far more than rules that a person writes; the engine has limits of its own.
    private const int MostBytes = 512 << 10;

    /// <summary>Maps <c>/diagnosis/rules</c>.</summary>
    public static void MapRules(this IEndpointRouteBuilder api)
    {
        var rules = api.MapGroup("/diagnosis/rules").WithTags("Diagnosis");
        rules.MapGet("", GetAsync).Needs(AccessRight.Read, AccessSubject.Project).WithName("getRules").WithSummary("The rules that a project's runs are read by, with their documentation.")
            .WithDescription("Without a project the default rules. lang=en or zh, else Accept-Language.");
        rules.MapPut("", PutAsync).Accepts<PutRulesRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Project).WithName("putRules").WithSummary("Replaces what a project changes of the default rules.")
            .WithDescription("An entry with the id of a default rule names what changes (enabled, severity, parameters one by one); any other is a rule of the project's own. "
                + "revision is the one the change was made from; 409 setting_changed where it is no longer that.");
        rules.MapPost("/try", TryAsync).Accepts<TryRulesRequest>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).WithName("tryRules").WithSummary("Reads a run by rules that are not in force; nothing is stored.")
            .WithDescription("Without run_id the rules are only checked, and the answer has no findings.");
    }

    private static async Task<Ok<RulesView>> GetAsync(HttpContext context, string? project, string? lang, RuleBook book, IRunIndex runs, CancellationToken cancellation)
    {
        if (project is not null && !(await runs.ListProjectNamesAsync(cancellation)).Contains(project))
            throw ApiProblems.ProjectNotFound();
        return TypedResults.Ok(await ViewAsync(project ?? "", DiagnosisEndpoints.Language(context.Request, lang), book, cancellation));
    }

    private static async Task<Ok<RulesView>> PutAsync(HttpContext context, string project, string? lang, RuleBook book, AuditLog audit, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutRulesRequest, MostBytes);
        var errors = new BodyErrors(limits.MaxErrors);
        if (request.Revision is null)
            errors.Add("/revision", "missing", "The field 'revision' is required: the revision that the change was made from, 0 before the first.");
        var overlay = Text(request.Overlay, errors);
        errors.ThrowIfAny();
        Set(overlay, errors);
        if (!await book.WriteAsync(project, overlay, request.Revision!.Value))
            throw ApiProblems.ProjectNotFound();
        await audit.WriteAsync(context, "rules.changed", project, null);
        return TypedResults.Ok(await ViewAsync(project, DiagnosisEndpoints.Language(context.Request, lang), book, CancellationToken.None));
    }

    private static async Task<Ok<DiagnosisView>> TryAsync(
        HttpContext context, string? lang, Caller caller, RunAccess access, DiagnosisService diagnoses, IRunIndex runs, ApiLimits limits, CancellationToken cancellation)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.TryRulesRequest, MostBytes);
        var errors = new BodyErrors(limits.MaxErrors);
        var overlay = Text(request.Overlay, errors);
        errors.ThrowIfAny();
        var rules = new ProjectRules(Set(overlay, errors), 0, null);
        if (request.RunId is null)
            return TypedResults.Ok(new DiagnosisView { RunId = "", Status = "", Seq = 0, ReadAt = 0, RulesRevision = 0, Items = [], Read = new ReadingView(0, 0, 0, 0, 0) });
        await access.RequireAsync(caller, AccessRight.Read, request.RunId, cancellation);
        var run = await DiagnosisEndpoints.FindAsync(request.RunId, runs, cancellation);
        var diagnosis = await diagnoses.TryAsync(run, rules, cancellation) ?? throw ApiProblems.RunNotFound();
        return TypedResults.Ok(FindingViews.Of(run, diagnosis, DiagnosisEndpoints.Language(context.Request, lang)));
    }

    private static string Text(JsonElement? overlay, BodyErrors errors)
    {
        const string Empty = """{"rules":[]}""";
        if (overlay is not { } given || given.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return Empty;
        if (given.ValueKind != JsonValueKind.Object)
            errors.Add("/overlay", "wrong_type", "The overlay is an object with a list 'rules'.");
        // Nothing said is nothing changed.
        else if (!given.EnumerateObject().MoveNext())
            return Empty;
        return given.GetRawText();
    }

    private static RuleSet Set(string overlay, BodyErrors errors)
    {
        try
        {
            return RuleSet.Default.With(overlay);
        }
        catch (RuleException refused)
        {
            foreach (var fault in refused.Faults)
                errors.Add("/overlay" + fault.Pointer, "invalid_rule", fault.At is { } at ? $"{fault.Message} (at character {at + 1})" : fault.Message);
            errors.ThrowIfAny();
            throw;
        }
    }

    private static async Task<RulesView> ViewAsync(string project, string language, RuleBook book, CancellationToken cancellation)
    {
        var (overlay, _) = await book.OverlayAsync(project, cancellation);
        return RuleViews.Of(project, await book.ReadAsync(project, cancellation), overlay, language);
    }
}
