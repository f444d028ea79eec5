using System.Globalization;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>Files of runs.</summary>
internal static class ArtifactEndpoints
{
    private const string PlainFile = "file";
    private const string TypeHeader = "Artifact-Type";
    private const string StepHeader = "Artifact-Step";
    internal static readonly string[] Types = ["checkpoint", "model", "batch", "landscape", "projection", "image", "file"];

    /// <summary>Maps <c>/runs/{run_id}/artifacts</c> and <c>/artifacts/query</c>.</summary>
    public static void MapArtifacts(this IEndpointRouteBuilder api)
    {
        var artifacts = api.MapGroup("/runs/{run_id}/artifacts").WithTags("Artifacts");
        artifacts.MapGet("", ListAsync).Needs(AccessRight.Read, AccessSubject.Run).OrWork().Shared(SharedTags.OfHandler).WithName("listArtifacts")
            .WithSummary("The newest version of each artifact, newest first.")
            .WithDescription("as_of takes a wall time and gives what was newest then. versions=true gives every version of every artifact and not the newest alone.");
        artifacts.MapPut("/{**name}", PutAsync).Accepts<Stream>("application/octet-stream").Produces<ArtifactView>(201).Needs(AccessRight.Write, AccessSubject.Run).OrWork().WithName("putArtifact")
            .WithSummary("Stores a file, streamed.")
            .WithDescription("The raw body is the file. Headers: Artifact-Type (checkpoint, model, batch, landscape, projection, image or file) and Artifact-Step; "
                + "why it was saved in Artifact-Reason (periodic, best, last, manual or interrupted), and how good it was in Artifact-Metric (a tag), Artifact-Metric-Value and "
                + "Artifact-Metric-Goal (min or max). Names outside ASCII are percent-encoded. A name that exists gets a new version.");
        artifacts.MapGet("/{**name}", GetAsync).Produces<Stream>(200, "application/octet-stream").Needs(AccessRight.Read, AccessSubject.Run).OrWork().Shared(SharedTags.OfHandler).WithName("getArtifact")
            .WithSummary("The file itself; ranges and If-None-Match work.")
            .WithDescription("The newest version, or with step= the newest of that step, or with id= the version of that id. Pictures, sound and video, known by their first bytes, "
                + "are sent as what they are; everything else as application/octet-stream, to be saved.");
        artifacts.MapDelete("/{**name}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.Run).WithName("deleteArtifact").WithSummary("Removes an artifact with all its versions.");
        api.MapPost("/artifacts/query", QueryAsync).Accepts<ArtifactsQuery>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryArtifacts").WithTags("Artifacts")
            .WithSummary("The artifacts of many runs at once.").WithDescription("Runs that do not exist are left out. versions: true gives every version and not the newest of each name alone.");
    }

    private static async Task<Ok<Page<ArtifactView>>> ListAsync(
        [FromRoute(Name = "run_id")] string runId, string? type, [FromQuery(Name = "as_of")] double? asOf, bool? versions, Caller caller, RunAccess access, IArtifactStore store,
        CancellationToken cancellation)
    {
        if (type is not null)
            CheckType(type, "/query/type");
        var all = await store.ListAsync(runId, type, asOf, versions ?? false, cancellation) ?? throw ApiProblems.RunNotFound();
        var scope = await access.OfAsync(caller, [runId], cancellation);
        return TypedResults.Ok(new Page<ArtifactView>(all.Where(one => SharedArtifacts.Shows(scope, runId, one)).Select(ArtifactViews.Of).ToList(), null));
    }

    private static async Task<Ok<ArtifactsQueryAnswer>> QueryAsync(HttpContext context, Caller caller, RunAccess access, IArtifactStore store, ApiLimits limits, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.ArtifactsQuery);
        if (query.RunIds is not { Count: > 0 } runIds)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "missing", "The field 'run_ids' is required: an array with one run id at least.")]);
        if (runIds.Count > limits.MaxQueryRunIds)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "too_many_runs", $"A query may name {limits.MaxQueryRunIds} runs at the most.")]);
        if (query.Type is not null)
            CheckType(query.Type, "/type");
        var scope = await access.OfAsync(caller, runIds, cancellation);
        var found = new List<RunArtifactsView>();
        foreach (var runId in runIds.Distinct())
        {
            if (await store.ListAsync(scope.Mask(runId), query.Type, null, query.Versions, cancellation) is { } all)
                found.Add(new RunArtifactsView(runId, all.Where(one => SharedArtifacts.Shows(scope, runId, one)).Select(ArtifactViews.Of).ToList()));
        }
        return TypedResults.Ok(new ArtifactsQueryAnswer(found));
    }

    private static async Task<Created<ArtifactView>> PutAsync(
        [FromRoute(Name = "run_id")] string runId, string name, HttpContext context, Caller caller, SubjectProjects projects, ModelUploads models, IArtifactStore store, ApiLimits limits)
    {
        var request = context.Request;
        var artifact = ArtifactNames.Of(context, name, limits.MaxNameBytes);
        var type = request.Headers.TryGetValue(TypeHeader, out var given) ? given.ToString() : PlainFile;
        CheckType(type, $"/headers/{TypeHeader}");
        if (!caller.IsAdministrator)
        {
            var project = await projects.OfRunAsync(runId, context.RequestAborted) ?? throw ApiProblems.RunNotFound();
            // Workers keep what they computed in plain files, and nothing else.
            if (type != PlainFile && !caller.May(AccessRight.Write, project, runId))
                throw AccessProblems.Forbidden(AccessRight.Write, caller);
            if (type == ModelUploads.Type)
                await models.RequireAsync(caller, project, context.RequestAborted);
        }
        var step = Step(request);
        var origin = ArtifactHeaders.Origin(request, limits.MaxNameBytes);
        if (request.Headers.ContentEncoding.Count > 0)
            throw ApiProblems.UnsupportedEncoding();
        if (request.ContentLength > limits.MaxArtifactBytes)
            throw ApiProblems.BodyTooLarge(limits.MaxArtifactBytes);
        // Streamed to disk, so the cap for bodies in memory does not apply.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.MaxArtifactBytes;
        await using var content = new CappedStream(request.Body, limits.MaxArtifactBytes, () => ApiProblems.BodyTooLarge(limits.MaxArtifactBytes));
        var info = await store.PutAsync(runId, artifact, type, step, origin, content, context.RequestAborted) ?? throw ApiProblems.RunNotFound();
        context.Response.Headers.ETag = Tag(info).ToString();
        return TypedResults.Created(request.Path.ToUriComponent(), ArtifactViews.Of(info));
    }

    private static async Task<PhysicalFileHttpResult> GetAsync(
        [FromRoute(Name = "run_id")] string runId, string name, long? step, string? id, HttpContext context, Caller caller, RunAccess access, IArtifactStore store, ApiLimits limits,
        CancellationToken cancellation)
    {
        var artifact = ArtifactNames.Of(context, name, limits.MaxNameBytes);
        if (await store.FindAsync(runId, artifact, step, id, cancellation) is not var (info, path))
            throw ApiProblems.ArtifactNotFound();
        if (!SharedArtifacts.Shows(await access.OfAsync(caller, [runId], cancellation), runId, info))
            throw ApiProblems.ArtifactNotFound();
        string? media;
        try
        {
            media = await MediaSignature.OfAsync(path, cancellation);
        }
        catch (FileNotFoundException)
        {
            // Removed since it was found.
            throw ApiProblems.ArtifactNotFound();
        }
        // Whatever the bytes are, they are shown or saved, never run.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // A version never changes; a name may get another.
        context.Response.Headers.CacheControl = id is null ? "private, no-cache" : "private, max-age=31536000, immutable";
        context.Response.Headers["Lossboard-Artifact-Type"] = info.Type;
        var download = media is null ? artifact[(artifact.LastIndexOf('/') + 1)..] : null;
        return TypedResults.PhysicalFile(
            path, media ?? "application/octet-stream", download, DateTimeOffset.UnixEpoch.AddSeconds(info.Created), Tag(info), enableRangeProcessing: true);
    }

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "run_id")] string runId, string name, HttpContext context, IArtifactStore store, SubjectProjects projects, AuditLog audit, ApiLimits limits)
    {
        var artifact = ArtifactNames.Of(context, name, limits.MaxNameBytes);
        if (!await store.RemoveAsync(runId, artifact, CancellationToken.None))
            throw ApiProblems.ArtifactNotFound();
        await audit.WriteAsync(context, "artifact.deleted", await projects.OfRunAsync(runId, CancellationToken.None), artifact, new Dictionary<string, string> { ["run"] = runId });
        return TypedResults.NoContent();
    }

    private static void CheckType(string type, string pointer)
    {
        if (!Types.Contains(type))
            throw ApiProblems.BadParameter(pointer, "The artifact type must be checkpoint, model, batch, landscape, projection, image or file.");
    }

    private static long? Step(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(StepHeader, out var given))
            return null;
        return long.TryParse(given.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var step)
            ? step
            : throw ApiProblems.BadParameter($"/headers/{StepHeader}", $"{StepHeader} must be a 64-bit integer.");
    }

    private static EntityTagHeaderValue Tag(ArtifactInfo info) => new($"\"{info.Sha256}\"");

}
