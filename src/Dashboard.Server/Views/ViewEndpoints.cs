using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>What people save in a project: views of pages, queries, reports.</summary>
internal static class ViewEndpoints
{
    /// <summary>Maps <c>/views</c>.</summary>
    public static void MapViews(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Views");
        views.MapGet("", ListAsync).Needs(AccessRight.Read, AccessSubject.Project).WithName("listViews").WithSummary("Saved views, queries and reports of a project, the last changed first.")
            .WithDescription("kind is view, query or report; bodies=true sends their bodies along.");
        views.MapPost("", PostAsync).Accepts<PostViewRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Handler).WithName("postView").WithSummary("Saves a view, a query or a report.");
        views.MapGet("/{view_id}", GetAsync).Needs(AccessRight.Read, AccessSubject.View).Shared(SharedTags.OfHandler).WithName("getView").WithSummary("One of them, whole.")
            .WithDescription("A share link reads the report that it shows, with path null in blocks of pages that it does not show.");
        views.MapPut("/{view_id}", PutAsync).Accepts<PutViewRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.View).WithName("putView").WithSummary("Replaces name and body.")
            .WithDescription("version is the one the change was made from; 409 view_changed where it is no longer that.");
        views.MapDelete("/{view_id}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.View).WithName("deleteView").WithSummary("Deletes it.");
    }

    private static async Task<Ok<Page<ViewView>>> ListAsync(string project, string? kind, bool? bodies, IViewStore store, CancellationToken cancellation)
    {
        if (kind is not null && !ViewKinds.All.Contains(kind))
            throw ApiProblems.BadParameter("/query/kind", "The kind must be view, query or report.");
        var views = await store.ListAsync(project, kind, bodies ?? false, cancellation);
        return TypedResults.Ok(new Page<ViewView>(views.Select(Of).ToList(), null));
    }

    private static async Task<Created<ViewView>> PostAsync(HttpContext context, Caller caller, IViewStore store, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PostViewRequest);
        var errors = new BodyErrors(limits.MaxErrors);
        if (string.IsNullOrEmpty(request.Project))
            errors.Add("/project", "missing", "The field 'project' is required.");
        if (!ViewKinds.All.Contains(request.Kind))
            errors.Add("/kind", "unknown_kind", "The kind must be view, query or report.");
        var body = Check(request.Name, request.Body, errors, limits);
        errors.ThrowIfAny();
        caller.Require(AccessRight.Write, request.Project!);
        var view = await store.AddAsync(request.Project!, request.Kind!, request.Name!, body, limits.MaxViews, CancellationToken.None)
            ?? throw ApiProblems.ProjectNotFound();
        return TypedResults.Created($"/api/v1/views/{view.Id}", Of(view));
    }

    private static async Task<Ok<ViewView>> GetAsync([FromRoute(Name = "view_id")] string viewId, Caller caller, IViewStore store, CancellationToken cancellation)
    {
        var view = await store.FindAsync(viewId, cancellation) ?? throw ApiProblems.ViewNotFound();
        if (caller.May(AccessRight.Read, view.Project))
            return TypedResults.Ok(Of(view));
        if (view.Kind != ViewKinds.Report || caller.OfReport(view.Project, view.Id) is not { } grant)
            throw ApiProblems.ViewNotFound();
        var whole = Of(view);
        return TypedResults.Ok(whole with { Body = SharedReport.Body(whole.Body, view.Project, grant.Tags is null) });
    }

    private static async Task<Ok<ViewView>> PutAsync([FromRoute(Name = "view_id")] string viewId, HttpContext context, IViewStore store, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutViewRequest);
        var errors = new BodyErrors(limits.MaxErrors);
        if (request.Version is null)
            errors.Add("/version", "missing", "The field 'version' is required: the version that the change was made from.");
        var body = Check(request.Name, request.Body, errors, limits);
        errors.ThrowIfAny();
        var view = await store.ReplaceAsync(viewId, request.Name!, body, request.Version!.Value, CancellationToken.None);
        return TypedResults.Ok(Of(view ?? throw ApiProblems.ViewNotFound()));
    }

    private static async Task<NoContent> DeleteAsync([FromRoute(Name = "view_id")] string viewId, IViewStore store) =>
        await store.RemoveAsync(viewId, CancellationToken.None) ? TypedResults.NoContent() : throw ApiProblems.ViewNotFound();

    private static string Check(string? name, JsonElement? body, BodyErrors errors, ApiLimits limits)
    {
        if (NameRule.Check(name, limits.MaxNameBytes) is { } fault)
            errors.Add("/name", fault.Code, fault.Message);
        if (body is not { ValueKind: JsonValueKind.Object } given)
        {
            errors.Add("/body", "wrong_type", "The body must be an object.");
            return "";
        }
        var text = given.GetRawText();
        if (Encoding.UTF8.GetByteCount(text) > limits.MaxViewBytes)
            errors.Add("/body", "text_too_long", $"The body is longer than {limits.MaxViewBytes} bytes.");
        return text;
    }

    private static ViewView Of(ViewInfo view)
    {
        using var body = JsonDocument.Parse(view.BodyJson);
        return new ViewView(view.Id, view.Project, view.Kind, view.Name, body.RootElement.Clone(), view.Version, view.Created, view.Updated);
    }
}
