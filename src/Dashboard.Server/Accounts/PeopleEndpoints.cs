using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>Who is in a project, and on the server.</summary>
internal static class PeopleEndpoints
{
    private const long MostBytes = 8 << 10;

    /// <summary>Maps <c>/people</c>.</summary>
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("Accounts");
        people.MapGet("", ListAsync).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("listPeople").WithSummary("Accounts and their roles, by name.")
            .WithDescription("Of a project, with those who have a role on every project; without one all accounts, which takes an owner of the server.");
        people.MapPut("/{account_id}", PutAsync).Accepts<PutPersonRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("putPerson")
            .WithSummary("Sets what an account is in a project, or on every project.").WithDescription("An owner of a project changes roles of those who are in it; an owner of the server puts anybody anywhere.");
        people.MapPatch("/{account_id}", PatchAsync).Accepts<PatchPersonRequest>(MediaTypes.Json).Needs(AccessRight.Administer, AccessSubject.Server).WithName("patchPerson")
            .WithSummary("Disables an account, which ends its sessions at once, or lets it in again.");
        people.MapDelete("/{account_id}", DeleteAsync).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("deletePerson").WithSummary("Takes an account out of a project, or, without one, takes its role on every project away.");
    }

    private static async Task<Ok<Page<PersonView>>> ListAsync(string? project, Caller caller, CallerReader callers, IAccountStore accounts, CancellationToken cancellation)
    {
        SessionEndpoints.RequireAccounts(callers);
        InvitationEndpoints.RequireOwner(caller, project);
        var found = await accounts.ListAsync(project, cancellation);
        return TypedResults.Ok(new Page<PersonView>([.. found.Select(account => Of(account, project, caller))], null));
    }

    private static async Task<Ok<PersonView>> PutAsync(
        [FromRoute(Name = "account_id")] string accountId, HttpContext context, CallerReader callers, IAccountStore accounts, AccountCallers cache, AuditLog audit, ApiLimits limits)
    {
        SessionEndpoints.RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutPersonRequest, MostBytes);
        var errors = new BodyErrors(limits.MaxErrors);
        if (AccountRoles.Parse(request.Role) is not { } role)
        {
            errors.Add("/role", "unknown_role", "The role must be viewer, member or owner.");
            role = default;
        }
        if (request.Project is not null && NameRule.Check(request.Project, limits.MaxNameBytes) is { } fault)
            errors.Add("/project", fault.Code, fault.Message);
        errors.ThrowIfAny();
        var account = await FindAsync(context, accounts, accountId, request.Project);
        var changed = await accounts.SetRoleAsync(account.Id, request.Project ?? "", role) ?? throw AccountProblems.PersonNotFound();
        cache.Changed(account.Id);
        await audit.WriteAsync(context, "role.changed", request.Project, account.Id, new Dictionary<string, string> { ["name"] = account.Name, ["role"] = AccountRoles.Word(role) });
        return TypedResults.Ok(Of(changed, request.Project, context.Caller()));
    }

    private static async Task<NoContent> DeleteAsync(
        [FromRoute(Name = "account_id")] string accountId, string? project, HttpContext context, CallerReader callers, IAccountStore accounts, AccountCallers cache, AuditLog audit)
    {
        SessionEndpoints.RequireAccounts(callers);
        var account = await FindAsync(context, accounts, accountId, project);
        _ = await accounts.SetRoleAsync(account.Id, project ?? "", null) ?? throw AccountProblems.PersonNotFound();
        cache.Changed(account.Id);
        await audit.WriteAsync(context, "role.removed", project, account.Id, new Dictionary<string, string> { ["name"] = account.Name });
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PersonView>> PatchAsync(
        [FromRoute(Name = "account_id")] string accountId, HttpContext context, CallerReader callers, IAccountStore accounts, AccountCallers cache, AuditLog audit)
    {
        SessionEndpoints.RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PatchPersonRequest, MostBytes);
        if (request.Disabled is not { } disabled)
            throw ApiProblems.Refused([new ProblemError("/disabled", "missing", "The field 'disabled' is required.")]);
        var changed = await accounts.SetDisabledAsync(accountId, disabled, AccountNames.NewStamp()) ?? throw AccountProblems.PersonNotFound();
        cache.Changed(accountId);
        await audit.WriteAsync(context, disabled ? "account.disabled" : "account.enabled", null, accountId, new Dictionary<string, string> { ["name"] = changed.Name });
        return TypedResults.Ok(Of(changed, null, context.Caller()));
    }

    // An owner of a project decides about those who are in it, and learns of nobody else.
    private static async Task<AccountInfo> FindAsync(HttpContext context, IAccountStore accounts, string id, string? project)
    {
        var caller = context.Caller();
        InvitationEndpoints.RequireOwner(caller, project);
        var account = await accounts.FindAsync(id, context.RequestAborted);
        return account is not null && (caller.IsAdministrator || account.Memberships.Any(membership => membership.Project == project)) ? account : throw AccountProblems.PersonNotFound();
    }

    private static PersonView Of(AccountInfo account, string? project, Caller caller)
    {
        var all = caller.IsAdministrator;
        var roles = account.Memberships.Where(membership => project is null || membership.Project == project || membership.Project.Length == 0)
            .Select(membership => new PersonRole(membership.Project.Length == 0 ? null : membership.Project, AccountRoles.Word(membership.Role)));
        return new PersonView(account.Id, account.Name, all ? account.Email : null, account.Disabled, account.Created, all ? account.LastSeen : null, [.. roles]);
    }
}
