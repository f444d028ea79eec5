using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>Keys: made, listed, revoked.</summary>
internal static class KeyEndpoints
{
    // Year 10000: beyond it a date has no form.
    private const double LatestTime = 253402300800;

    /// <summary>Maps <c>/keys</c>.</summary>
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Access");
        keys.MapGet("", ListAsync).Needs(AccessRight.Write, AccessSubject.Handler).WithName("listKeys").WithSummary("Keys that the caller may know of, the newest first.")
            .WithDescription("Owners of a project see all of its keys, others those that they made. project narrows it to one project. No key itself is ever told again.");
        keys.MapPost("", PostAsync).Accepts<PostApiKeyRequest>(MediaTypes.Json).Produces<NewApiKeyView>(201).Needs(AccessRight.Write, AccessSubject.Handler).WithName("postKey").WithSummary("Makes a key; the answer is the only place where it is told.")
            .WithDescription($"role is write, read or worker; project null is every project, for owners of the server. expires is a wall time. A key looks like {ApiKeySecret.Pattern} and is never worth more than its maker is. "
                + "Members make write and read keys of their projects, owners any; keys do not make keys.");
        keys.MapGet("/{key_id}", GetAsync).Needs(AccessRight.Write, AccessSubject.Handler).WithName("getKey").WithSummary("One key, without the key itself.");
        keys.MapDelete("/{key_id}", DeleteAsync).Needs(AccessRight.Write, AccessSubject.Handler).WithName("revokeKey").WithSummary("Revokes a key: it is refused from now on, and what it has open is closed.");
    }

    private static async Task<Ok<ApiKeysView>> ListAsync(Caller caller, string? project, IApiKeyStore store, CallerReader callers, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.Seconds();
        var keys = await store.ListAsync(string.IsNullOrEmpty(project) ? null : project, cancellation);
        return TypedResults.Ok(new ApiKeysView([.. keys.Where(key => Knows(caller, key)).Select(key => Of(key, now))], callers.Mode == AccessMode.Accounts, caller.IsAdministrator));
    }

    private static async Task<Created<NewApiKeyView>> PostAsync(HttpContext context, Caller caller, IApiKeyStore store, AuditLog audit, ApiLimits limits, TimeProvider clock)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PostApiKeyRequest);
        var role = Check(request, limits, clock.Seconds());
        RequireToMake(caller, role, request.Project);
        var secret = ApiKeySecret.Make();
        var draft = new NewApiKey(request.Name!, request.Project, role, ApiKeySecret.Hash(secret), ApiKeySecret.Hint(secret), caller.Kind == CallerKind.Account ? caller.AccountId : null, request.Expires);
        var key = await store.AddAsync(draft, limits.MaxKeys) ?? throw AccessProblems.NoCredentials();
        await audit.WriteAsync(context, "key.created", key.Project, key.Id, new Dictionary<string, string> { ["name"] = key.Name, ["role"] = ApiKeyGrants.Name(key.Role) });
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/keys/{key.Id}", new NewApiKeyView(key.Id, secret));
    }

    private static async Task<Ok<ApiKeyView>> GetAsync([FromRoute(Name = "key_id")] string keyId, Caller caller, IApiKeyStore store, TimeProvider clock, CancellationToken cancellation) =>
        TypedResults.Ok(Of(await FindAsync(keyId, caller, store, cancellation), clock.Seconds()));

    private static async Task<NoContent> DeleteAsync([FromRoute(Name = "key_id")] string keyId, HttpContext context, Caller caller, IApiKeyStore store, AccessChanges changes, AuditLog audit)
    {
        var key = await FindAsync(keyId, caller, store, context.RequestAborted);
        if (!await store.RevokeAsync(key.Id))
            throw NotFound();
        changes.Withdraw($"key:{key.Id}");
        await audit.WriteAsync(context, "key.revoked", key.Project, key.Id, new Dictionary<string, string> { ["name"] = key.Name });
        return TypedResults.NoContent();
    }

    private static async Task<ApiKeyInfo> FindAsync(string keyId, Caller caller, IApiKeyStore store, CancellationToken cancellation) =>
        await store.FindAsync(keyId, cancellation) is { } key && Knows(caller, key) ? key : throw NotFound();

    private static ApiKeyRole Check(PostApiKeyRequest request, ApiLimits limits, double now)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (NameRule.Check(request.Name, limits.MaxNameBytes) is { } name)
            errors.Add("/name", name.Code, name.Message);
        if (request.Project is not null && NameRule.Check(request.Project, limits.MaxNameBytes, "The project name") is { } project)
            errors.Add("/project", project.Code, project.Message + " Null stands for every project.");
        if (!ApiKeyRoles.All.Contains(request.Role))
            errors.Add("/role", "unknown_role", "The role must be write, read or worker.");
        if (request.Expires is { } expires && !(expires > now && expires < LatestTime))
            errors.Add("/expires", "not_in_the_future", "The field 'expires' is a time to come, in seconds since the Unix epoch; null for never.");
        errors.ThrowIfAny();
        return request.Role switch
        {
            ApiKeyRoles.Write => ApiKeyRole.Write,
            ApiKeyRoles.Worker => ApiKeyRole.Worker,
            _ => ApiKeyRole.Read,
        };
    }

    private static void RequireToMake(Caller caller, ApiKeyRole role, string? project)
    {
        if (caller.IsAdministrator)
            return;
        // A key that made another would outlive its own revocation.
        if (caller.Kind == CallerKind.Key)
            throw AccessProblems.KeysMakeNoKeys();
        if (project is null)
            throw AccessProblems.Forbidden(AccessRight.Administer, caller);
        caller.Require(role == ApiKeyRole.Worker ? AccessRight.Manage : AccessRight.Write, project);
    }

    private static bool Knows(Caller caller, ApiKeyInfo key) =>
        caller.IsAdministrator
        || (key.Project is not null && caller.May(AccessRight.Manage, key.Project))
        || (caller.Kind == CallerKind.Account && caller.AccountId is not null && key.Maker?.Id == caller.AccountId);

    private static ApiKeyView Of(ApiKeyInfo key, double now) => new(
        key.Id, key.Name, key.Project, ApiKeyGrants.Name(key.Role), key.Hint, key.Maker?.Name, ApiKeyGrants.State(key, now), key.Created, key.Expires, key.Revoked, key.LastUsed, key.LastAddress);

    private static ApiProblemException NotFound() => new(new ApiProblem
    {
        Status = 404, Code = "key_not_found", Title = "No such key", Detail = "There is no key with this id.",
    });
}
