using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Links that show one view to whoever has them.</summary>
internal static class ShareLinkEndpoints
{
    // A secret has 43 characters; more is none.
    private const int MostSecret = 100;

    /// <summary>Maps <c>/share-links</c>.</summary>
    public static void MapSharing(this IEndpointRouteBuilder api)
    {
        var links = api.MapGroup("/share-links").WithTags("Sharing");
        links.MapPost("", PostAsync).Accepts<PostShareLinkRequest>(MediaTypes.Json).Needs(AccessRight.Write, AccessSubject.Handler).WithName("postShareLink").WithSummary("Makes a link that shows a view, read-only.")
            .WithDescription("The secret stands in the fragment of the answer's addresses and is in no other answer.");
        links.MapGet("", ListAsync).Needs(AccessRight.Write, AccessSubject.Project).WithName("listShareLinks").WithSummary("Share links of a project that are not revoked, the newest first.");
        links.MapPost("/open", OpenAsync).Accepts<OpenShareLinkRequest>(MediaTypes.Json).Open().Shared(SharedTags.OfHandler).WithName("openShareLink").WithSummary("Opens a link by its secret: sets a cookie that reads what the link shows.")
            .WithDescription("404 share_link_not_found for unknown, revoked and expired ones alike; 401 password_required or wrong_password; 429 after too many tries.");
        links.MapGet("/current", CurrentAsync).Open().Shared(SharedTags.OfHandler).WithName("currentShareLinks").WithSummary("The links that this browser has opened and that still show something.");
        links.MapGet("/{link_id}", GetAsync).Needs(AccessRight.Write, AccessSubject.Handler).WithName("getShareLink").WithSummary("One share link, without its secret.");
        links.MapDelete("/{link_id}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.Handler).WithName("deleteShareLink").WithSummary("Revokes a link: its open pages go dark.")
            .WithDescription("Its maker may, and owners of the project.");
    }

    private static async Task<Created<ShareLinkMade>> PostAsync(HttpContext context, Caller caller, ShareLinkChecks checks, ShareLinks links, AuditLog audit, ApiLimits limits, IOptions<AccessOptions> options)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PostShareLinkRequest);
        var asked = await checks.CheckAsync(request, caller, context.RequestAborted);
        var (link, secret) = await links.MakeAsync(asked, limits.MaxShareLinks) ?? throw ShareProblems.TooMany(limits.MaxShareLinks);
        await audit.WriteAsync(context, "share_link.created", link.Project, link.Id, new Dictionary<string, string>
        {
            ["view"] = link.View,
            ["runs"] = link.RunIds.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["password"] = link.PasswordHash is null ? "no" : "yes",
            ["embed_origins"] = string.Join(' ', link.EmbedOrigins),
        });
        var server = PublicAddress.Of(options.Value, context.Request);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/share-links/{link.Id}", new ShareLinkMade(
            link.Id, LinkSecret.Link(server, "share", secret), link.EmbedOrigins.Count == 0 ? null : LinkSecret.Link(server, $"embed/{link.Id}", secret)));
    }

    private static async Task<Ok<Page<ShareLinkView>>> ListAsync(string project, Caller caller, ShareLinks links, IShareLinkStore store, CancellationToken cancellation)
    {
        var views = new List<ShareLinkView>();
        foreach (var link in await store.ListAsync(project, cancellation))
            views.Add(await OfAsync(link, caller, links, cancellation));
        return TypedResults.Ok(new Page<ShareLinkView>(views, null));
    }

    private static async Task<Ok<OpenedShareLink>> OpenAsync(HttpContext context, ShareLinkChecks checks, ShareLinks links, ShareTries tries, ShareCookies cookies, IShareLinkStore store, AuditLog audit)
    {
        context.Response.Headers.CacheControl = "no-store";
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.OpenShareLinkRequest, mostBytes: 8 << 10);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (request.Secret is not { Length: > 0 and <= MostSecret } secret || await links.FindBySecretAsync(secret, context.RequestAborted) is not { } link)
        {
            // Only now: whoever has a link opens it, whatever others try from the same address.
            if (tries.WaitForUnknown(address) is { } pause)
                throw ShareProblems.TooManyTries(pause);
            tries.Unknown(address);
            throw ShareProblems.NotFound();
        }
        if (link.PasswordHash is not null)
        {
            if (string.IsNullOrEmpty(request.Password))
                throw ShareProblems.PasswordRequired();
            if (tries.WaitForLink(link.Id, address) is { } wait)
                throw ShareProblems.TooManyTries(wait);
            // Counted before it is known, so that tries at the same time count too.
            tries.Begin(link.Id, address);
            if (!checks.IsPassword(link, request.Password))
            {
                await audit.WriteAsync(context, "share_link.wrong_password", link.Project, link.Id);
                throw ShareProblems.WrongPassword();
            }
            tries.Right(link.Id, address);
        }
        await store.NoteOpenedAsync(link.Id);
        await audit.WriteAsync(context, "share_link.opened", link.Project, link.Id);
        await cookies.AddAsync(context, link, request.Embed ?? false);
        return TypedResults.Ok(Opened(link));
    }

    private static async Task<Ok<Page<OpenedShareLink>>> CurrentAsync(HttpContext context, ShareCookies cookies)
    {
        context.Response.Headers.CacheControl = "no-store";
        var open = await cookies.ReadAsync(context);
        if (open.Count == 0)
            throw ShareProblems.NotFound();
        cookies.Renew(context, open);
        return TypedResults.Ok(new Page<OpenedShareLink>([.. open.Select(one => Opened(one.Link)).DistinctBy(link => link.Id)], null));
    }

    private static async Task<Ok<ShareLinkView>> GetAsync([FromRoute(Name = "link_id")] string linkId, Caller caller, ShareLinks links, IShareLinkStore store, CancellationToken cancellation) =>
        TypedResults.Ok(await OfAsync(await FindAsync(linkId, caller, store, cancellation), caller, links, cancellation));

    private static async Task<NoContent> DeleteAsync([FromRoute(Name = "link_id")] string linkId, HttpContext context, Caller caller, ShareLinks links, IShareLinkStore store, AuditLog audit)
    {
        var link = await FindAsync(linkId, caller, store, context.RequestAborted);
        if (!MayRevoke(caller, link))
            throw ShareProblems.NotYours();
        if (!await links.RevokeAsync(link.Id))
            throw ShareProblems.NotFound();
        await audit.WriteAsync(context, "share_link.revoked", link.Project, link.Id);
        return TypedResults.NoContent();
    }

    // What is another project's does not exist here.
    private static async Task<ShareLinkInfo> FindAsync(string linkId, Caller caller, IShareLinkStore store, CancellationToken cancellation) =>
        await store.FindAsync(linkId, cancellation) is { Revoked: null } link && caller.May(AccessRight.Write, link.Project) ? link : throw ShareProblems.NotFound();

    private static bool MayRevoke(Caller caller, ShareLinkInfo link) =>
        caller.May(AccessRight.Manage, link.Project) || (link.AccountId is not null && link.AccountId == caller.AccountId);

    private static OpenedShareLink Opened(ShareLinkInfo link) => new(link.Id, link.Project, link.Title, link.View, link.Expires);

    private static async ValueTask<ShareLinkView> OfAsync(ShareLinkInfo link, Caller caller, ShareLinks links, CancellationToken cancellation) => new(
        link.Id, link.Project, link.Title, link.View, link.RunIds, link.Tags, link.PasswordHash is not null, link.EmbedOrigins,
        link.CreatedBy, link.Created, link.Expires, !link.IsLive(links.Now), await links.IsPowerlessAsync(link, cancellation), link.Opened, link.LastOpened, MayRevoke(caller, link));
}
