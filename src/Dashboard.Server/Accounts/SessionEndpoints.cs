using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Who is signed in.</summary>
internal static class SessionEndpoints
{
    // A name, a password and what surrounds them.
    private const long MostBytes = 8 << 10;

    /// <summary>Maps <c>/session</c>.</summary>
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Accounts");
        session.MapGet("", Get).Open().WithName("getSession").WithSummary("Who is asking, and what they may do in which project.");
        session.MapPost("", PostAsync).Accepts<SignInRequest>(MediaTypes.Json).Open().WithName("postSession").WithSummary("Signs in by name and password, and sets the session's cookie.")
            .WithDescription("401 wrong_credentials says no more than that. After five failures in a row the name waits, longer each time: 429 with Retry-After.");
        session.MapDelete("", DeleteAsync).Open().WithName("deleteSession").WithSummary("Signs out.")
            .WithDescription("everywhere=true ends all sessions of the account, on whatever machine, at once.");
        session.MapPut("/password", PutPasswordAsync).Accepts<ChangePasswordRequest>(MediaTypes.Json).Open().WithName("putPassword").WithSummary("Changes the password of who is signed in; other sessions end.");
        session.MapPost("/provider", PostProviderAsync).Accepts<ProviderSignInRequest>(MediaTypes.Json).Open().WithName("postProviderSession")
            .WithSummary("Begins to sign in with the configured OpenID Connect provider: the answer says where the browser goes.");
    }

    private static Ok<SessionView> Get(Caller caller, HttpContext context, SessionViews views)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(views.Of(caller));
    }

    private static async Task<Ok<SessionView>> PostAsync(HttpContext context, CallerReader callers, AccountSignIn signIn, SessionViews views)
    {
        RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.SignInRequest, MostBytes);
        if (AccountNames.Check(request.Name) is not null || request.Password is not { Length: > 0 and <= PasswordNameRule.Most } password)
            throw AccountProblems.WrongCredentials();
        return TypedResults.Ok(views.Of(await signIn.ByPasswordAsync(context, request.Name!.Trim(), password)));
    }

    private static async Task<NoContent> DeleteAsync(HttpContext context, CallerReader callers, AccountSignIn signIn, bool? everywhere)
    {
        RequireAccounts(callers);
        await signIn.EndAsync(context, everywhere ?? false);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> PutPasswordAsync(
        HttpContext context, CallerReader callers, UserManager<AccountUser> users, IAccountStore accounts, AccountSignIn signIn, AccountCallers cache, AuditLog audit)
    {
        RequireAccounts(callers);
        var user = await users.FindByIdAsync(RequireAccount(context.Caller())) ?? throw AccountProblems.PersonNotFound();
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.ChangePasswordRequest, MostBytes);
        if (request.Password is not { Length: > 0 } password)
            throw ApiProblems.Refused([new ProblemError("/password", "missing", "The field 'password' is required.")]);
        await signIn.RequirePasswordAsync(context, user, request.Current ?? "");
        var rule = await users.CheckPasswordRulesAsync(user, password);
        if (!rule.Succeeded)
            throw AccountProblems.Of(rule);
        var changed = await accounts.SetPasswordAsync(user.Id, users.PasswordHasher.HashPassword(user, password), AccountNames.NewStamp(), user.SecurityStamp)
            ?? throw AccountProblems.Changed();
        cache.Changed(user.Id);
        await SessionCookie.SignInAsync(context, changed);
        await audit.WriteAsync(context, "password.changed", null, user.Id);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ProviderSignInAnswer>> PostProviderAsync(HttpContext context, CallerReader callers, OidcSignIn provider)
    {
        RequireAccounts(callers);
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.ProviderSignInRequest, MostBytes);
        return TypedResults.Ok(new ProviderSignInAnswer(await provider.BeginAsync(context, LocalPath.Of(request.Return), request.Secret)));
    }

    /// <summary>Ends the request where nobody signs in.</summary>
    public static void RequireAccounts(CallerReader callers)
    {
        if (callers.Mode != AccessMode.Accounts)
            throw AccountProblems.NoAccounts();
    }

    /// <summary>Id of the account of who is signed in; ends the request where that is nobody, or a key.</summary>
    public static string RequireAccount(Caller caller) => caller switch
    {
        { Kind: CallerKind.Account, Id: { } id } => id,
        { Kind: CallerKind.Nobody or CallerKind.Share } => throw AccessProblems.NoCredentials(),
        _ => throw AccountProblems.NotAPerson(),
    };
}
