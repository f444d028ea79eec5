using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>Projects as archives, out and in.</summary>
internal static partial class ArchiveEndpoints
{
    private const int CopyBytes = 1 << 17;
    private const int NoSpaceErrno = 28;

    /// <summary>Adds export and import.</summary>
    public static IServiceCollection AddArchive(this IServiceCollection services) => services
        .AddSingleton<ProjectExport>()
        .AddSingleton<ProjectImport>()
        .AddSingleton<ArchiveTurn>();

    /// <summary>Maps <c>/projects/{project}/export</c> and <c>/projects/import</c>.</summary>
    public static void MapArchive(this IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{project}/export", ExportAsync).Needs(AccessRight.Manage, AccessSubject.Handler).Produces<Stream>(200, MediaTypes.Zip)
            .WithName("exportProject").WithTags("Archive").WithSummary("A project as an open archive, streamed.")
            .WithDescription("docs/archive.md describes it: CSV and JSON in a zip file, with checksums. A slash in the project's name is written %2F.");
        api.MapPost("/projects/import", ImportAsync).Needs(AccessRight.Manage, AccessSubject.Server).Accepts<Stream>(MediaTypes.Zip).Produces<ImportAnswer>(201)
            .WithName("importProject").WithTags("Archive").WithSummary("Takes a project in from an archive: all of it, or nothing.")
            .WithDescription("The body is the archive. as= gives the new project another name; 409 project_name_taken where there is one of this name. What is refused names the entry at fault.");
    }

    private static async Task<EmptyHttpResult> ExportAsync(
        string project, HttpContext context, Caller caller, ProjectExport export, IRunIndex runs, AuditLog audit, ILogger<ProjectExport> logger, CancellationToken cancellation)
    {
        project = RouteName(context, project);
        caller.Require(AccessRight.Manage, project);
        if (!(await runs.ListProjectNamesAsync(cancellation)).Contains(project))
            throw ApiProblems.ProjectNotFound();
        await audit.WriteAsync(context, "project.exported", project, project);
        var response = context.Response;
        response.ContentType = MediaTypes.Zip;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = Disposition(project);
        try
        {
            var report = await export.WriteAsync(project, () => response.Body, cancellation);
            if (report is { Damaged.Count: > 0 })
                LeftOut(logger, project, report.Damaged.Count, report.Damaged[0]);
        }
        catch (ArchiveException failure)
        {
            // What was sent is no archive, and must not look like one: the connection ends without an end of the body.
            Broken(logger, project, failure);
            context.Abort();
        }
        return TypedResults.Empty;
    }

    private static async Task<Created<ImportAnswer>> ImportAsync(
        [FromQuery(Name = "as")] string? name, HttpContext context, ProjectImport import, ArchiveTurn turn, IArchiveStore store, AuditLog audit, ApiLimits limits)
    {
        var request = context.Request;
        var cancellation = context.RequestAborted;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType.Value != MediaTypes.Zip)
            throw ApiProblems.UnsupportedMediaType(MediaTypes.Zip);
        if (name is not null && NameRule.Check(name, limits.MaxNameBytes, "The project's name") is { } fault)
            throw ApiProblems.BadParameter("/query/as", fault.Message, fault.Code);
        if (request.ContentLength > limits.MaxArchiveBytes)
            throw ApiProblems.ArchiveTooLarge(limits.MaxArchiveBytes);
        using var held = turn.Take() ?? throw ApiProblems.Busy("Another project is being imported. Send the same request again when it is done.");
        // Streamed to disk, so the cap for bodies in memory does not apply.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.MaxArchiveBytes;
        await using var file = store.CreateTemporary();
        try
        {
            await using (var body = new CappedStream(request.Body, limits.MaxArchiveBytes, () => ApiProblems.ArchiveTooLarge(limits.MaxArchiveBytes)))
                await body.CopyToAsync(file, CopyBytes, cancellation);
            var answer = await import.ReadAsync(file, name, said: null, cancellation);
            await audit.WriteAsync(context, "project.imported", answer.Project, answer.Project, new Dictionary<string, string> { ["content"] = answer.Content });
            return TypedResults.Created($"/runs?project={Uri.EscapeDataString(answer.Project)}", answer);
        }
        catch (ArchiveException refusal)
        {
            throw ApiProblems.ArchiveRefused(refusal);
        }
        catch (IOException failure) when (failure.HResult == NoSpaceErrno)
        {
            throw new StoreFullException(failure);
        }
    }

    // The router leaves %2F as it is, because it cannot tell it from a text that holds "%2F"; the raw address can.
    private static string RouteName(HttpContext context, string routed)
    {
        const string Marker = "/projects/";
        const string End = "/export";
        var path = (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('?', 2)[0];
        var at = path.IndexOf(Marker, StringComparison.Ordinal);
        return at >= 0 && path.EndsWith(End, StringComparison.Ordinal) ? Uri.UnescapeDataString(path[(at + Marker.Length)..^End.Length]) : routed;
    }

    private static string Disposition(string project)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        header.SetHttpFileName(string.Concat(project.Select(unit => unit is '/' or '\\' or ':' ? '_' : unit)) + ".zip");
        return header.ToString();
    }

    [LoggerMessage(2051, LogLevel.Warning, "The archive of project {Project} lacks {Count} things that are damaged, the first: {First}.")]
    private static partial void LeftOut(ILogger logger, string project, int count, string first);

    [LoggerMessage(2052, LogLevel.Error, "The archive of project {Project} broke off.")]
    private static partial void Broken(ILogger logger, string project, Exception failure);
}
