using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>One-time links that let people in.</summary>
internal static class InvitationEndpoints
{
    private const int MostDays = 30;
    private const int UsualDays = 7;
    private const long MostBytes = 8 << 10;
    // A link that was used is gone; this many that nobody used are a mistake.
    private const int MostPending = 500;

    /// <summary>Maps <c>/invitations</c>.</summary>
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("Accounts");
        invitations.MapPost("", PostAsync).Accepts<PostInvitationRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("postInvitation")
            .WithSummary("Makes a link that lets one person in, once.")
            .WithDescription("Takes an owner of the project, or of the server where project is null. With account_id the link lets that account choose a new password instead. The link is told once.");
        invitations.MapGet("", ListAsync).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("listInvitations").WithSummary("Invitations that wait to be used, the newest first.")
            .WithDescription("Of a project, or without one of all, which takes an owner of the server.");
        invitations.MapDelete("/{invitation_id}", DeleteAsync).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("deleteInvitation").WithSummary("Takes an invitation back.");
        invitations.MapPost("/look", LookAsync).Accepts<OpenInvitationRequest>(MediaTypes.Json).Open().WithName("lookAtInvitation").WithSummary("What an invitation offers to whoever has its secret.");
        invitations.MapPost("/open", OpenAsync).Accepts<OpenInvitationRequest>(MediaTypes.Json).Open().WithName("openInvitation")
            .WithSummary("Uses an invitation up: makes the account, sets the new password, or adds the role to who is signed in.");
    }

    private static async Task<Created<InvitationView>> PostAsync(
        HttpContext context, CallerReader callers, IAccountStore accounts, IInvitationStore invitations, IOptions<AccessOptions> options, AuditLog audit, ApiLimits limits)
    {
        SessionEndpoints.RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PostInvitationRequest, MostBytes);
        var caller = context.Caller();
        var errors = new BodyErrors(limits.MaxErrors);
        var role = AccountRoles.Parse(request.Role);
        if (role is null && request.AccountId is null)
            errors.Add("/role", "unknown_role", "The role must be viewer, member or owner.");
        if (request.Days is < 1 or > MostDays)
            errors.Add("/days", "out_of_range", $"The days must be from 1 to {MostDays}.");
        if (request.Project is not null && NameRule.Check(request.Project, limits.MaxNameBytes) is { } fault)
            errors.Add("/project", fault.Code, fault.Message);
        errors.ThrowIfAny();
        RequireOwner(caller, request.AccountId is null ? request.Project : null);
        if (request.AccountId is { } id && await accounts.FindAsync(id, context.RequestAborted) is null)
            throw AccountProblems.PersonNotFound();
        if ((await invitations.ListAsync(request.Project ?? "", context.RequestAborted)).Count >= MostPending)
            throw ApiProblems.Busy($"There are {MostPending} invitations that nobody has used. Take some back first.");
        var secret = LinkSecret.New();
        var made = await invitations.AddAsync(new NewInvitation(
            LinkSecret.Hash(secret), request.AccountId is null ? request.Project ?? "" : "", role ?? AccountRole.Viewer, request.AccountId, caller.Name, TimeSpan.FromDays(request.Days ?? UsualDays)));
        await audit.WriteAsync(context, request.AccountId is null ? "invitation.created" : "password.link_created", request.Project, request.AccountId ?? made.Id, Detail(made));
        return TypedResults.Created($"/api/v1/invitations/{made.Id}", Of(made, LinkSecret.Link(PublicAddress.Of(options.Value, context.Request), "invitation", secret)));
    }

    private static async Task<Ok<Page<InvitationView>>> ListAsync(string? project, Caller caller, CallerReader callers, IInvitationStore invitations, CancellationToken cancellation)
    {
        SessionEndpoints.RequireAccounts(callers);
        RequireOwner(caller, project);
        var found = await invitations.ListAsync(project, cancellation);
        return TypedResults.Ok(new Page<InvitationView>([.. found.Select(invitation => Of(invitation, null))], null));
    }

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "invitation_id")] string invitationId, HttpContext context, CallerReader callers, IInvitationStore invitations, AuditLog audit)
    {
        SessionEndpoints.RequireAccounts(callers);
        var found = await invitations.FindAsync(invitationId, context.RequestAborted) ?? throw AccountProblems.InvitationGone();
        // Who may not know of it gets the answer for one that does not exist.
        if (!MayDecide(context.Caller(), Project(found)))
            throw AccountProblems.InvitationGone();
        if (!await invitations.RevokeAsync(invitationId))
            throw AccountProblems.InvitationGone();
        await audit.WriteAsync(context, "invitation.revoked", Project(found), invitationId);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<InvitationOffer>> LookAsync(HttpContext context, CallerReader callers, IInvitationStore invitations)
    {
        SessionEndpoints.RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.OpenInvitationRequest, MostBytes);
        var found = await invitations.FindAsync(LinkSecret.Hash(request.Secret), context.RequestAborted) ?? throw AccountProblems.InvitationGone();
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new InvitationOffer(Project(found), AccountRoles.Word(found.Role), found.AccountName, found.CreatedBy, found.Expires));
    }

    private static async Task<Ok<SessionView>> OpenAsync(HttpContext context, CallerReader callers, IInvitationStore invitations, InvitationUse use, SessionViews views)
    {
        SessionEndpoints.RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.OpenInvitationRequest, MostBytes);
        var hash = LinkSecret.Hash(request.Secret);
        var found = await invitations.FindAsync(hash, context.RequestAborted) ?? throw AccountProblems.InvitationGone();
        if (request.Join)
            return TypedResults.Ok(views.Of(await use.JoinAsync(context, hash, found)));
        if (request.Password is not { Length: > 0 } password)
            throw ApiProblems.Refused([new ProblemError("/password", "missing", "The field 'password' is required.")]);
        if (found.AccountId is not null)
            return TypedResults.Ok(views.Of(await use.SetPasswordAsync(context, hash, found, password)));
        if (AccountNames.Check(request.Name) is { } fault)
            throw ApiProblems.Refused([new ProblemError("/name", fault.Code, fault.Message)]);
        return TypedResults.Ok(views.Of(await use.AcceptAsync(context, hash, found, request.Name!.Trim(), password)));
    }

    /// <summary>Project of an invitation; null for every project.</summary>
    public static string? Project(InvitationInfo invitation) => invitation.Project.Length == 0 ? null : invitation.Project;

    /// <summary>Ends the request where a caller does not own a project, or the server where there is none.</summary>
    public static void RequireOwner(Caller caller, string? project)
    {
        if (project is not null)
            caller.Require(AccessRight.Manage, project);
        else if (!caller.IsAdministrator)
            throw AccessProblems.Forbidden(AccessRight.Administer);
    }

    private static bool MayDecide(Caller caller, string? project) => project is null ? caller.IsAdministrator : caller.May(AccessRight.Manage, project);

    private static Dictionary<string, string> Detail(InvitationInfo invitation) =>
        new() { ["role"] = AccountRoles.Word(invitation.Role), ["expires"] = DateTimeOffset.FromUnixTimeSeconds((long)invitation.Expires).ToString("u", System.Globalization.CultureInfo.InvariantCulture) };

    private static InvitationView Of(InvitationInfo invitation, string? url) =>
        new(invitation.Id, Project(invitation), AccountRoles.Word(invitation.Role), invitation.AccountName, invitation.CreatedBy, invitation.Created, invitation.Expires, url);
}
