using Dashboard.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Server;

/// <summary>Who may upload models to a project.</summary>
internal static class ModelUploadsEndpoints
{
    private static readonly string[] Choices = [ModelUploads.Owners, ModelUploads.Members];

    /// <summary>Maps <c>/settings/models</c>.</summary>
    public static void MapModelUploads(this IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("/settings/models").WithTags("Settings");
        models.MapGet("", GetAsync).Needs(AccessRight.Read, AccessSubject.Project).WithName("getModelUploads").WithSummary("Who may upload models to a project.")
            .WithDescription("uploads is owners or members; allowed says whether the caller may. Without accounts everybody may.");
        models.MapPut("", PutAsync).Accepts<PutModelUploadsRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Project).WithName("putModelUploads")
            .WithSummary("Lets members upload models, or only owners.")
            .WithDescription("A model is code that the worker runs, behind walls. revision is the one the change was made from (0 for the first), or absent; 409 setting_changed where it is no longer that.");
    }

    private static async Task<Ok<ModelUploadsView>> GetAsync(string project, Caller caller, ModelUploads models, CancellationToken cancellation) =>
        TypedResults.Ok(await models.ReadAsync(caller, project, cancellation));

    private static async Task<Ok<ModelUploadsView>> PutAsync(string project, HttpContext context, ModelUploads models, AuditLog audit)
    {
        var caller = context.Caller();
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutModelUploadsRequest);
        if (request.Uploads is null || !Choices.Contains(request.Uploads))
            throw ApiProblems.Refused([new ProblemError("/uploads", request.Uploads is null ? "missing" : "unknown_value", "The field 'uploads' is required: owners or members.")]);
        var saved = await models.WriteAsync(caller, project, request.Uploads, request.Revision);
        await audit.WriteAsync(context, "settings.models", project, "models", new Dictionary<string, string> { ["uploads"] = saved.Uploads });
        return TypedResults.Ok(saved);
    }
}
