using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Begins and ends sessions, and notes who did.</summary>
internal sealed partial class AccountSignIn(
    UserManager<AccountUser> users, IAccountStore accounts, AccountCallers callers, EndedSessions ended, PasswordWork passwords, SignInGuard guard, AuditLog audit,
    TimeProvider clock, ILogger<AccountSignIn> logger)
{
    // A name is an account's; what is typed in its place may be anything, a password included.
    private const int MostNoted = 64;

    /// <summary>Signs in by name and password.</summary>
    /// <exception cref="ApiProblemException">401, 403 or 429.</exception>
    public async Task<Caller> ByPasswordAsync(HttpContext context, string name, string password)
    {
        var address = context.Connection.RemoteIpAddress;
        var normalized = users.NormalizeName(name) ?? "";
        if (guard.Enter(normalized, address) is { } wait)
            throw AccountProblems.TooManySignIns(wait);
        var user = await users.FindByNameAsync(name);
        if (user?.Stored?.LockedUntil is { } until && until - Now is > 0 and var rest)
            throw AccountProblems.TooManySignIns(TimeSpan.FromSeconds(rest));
        if (!await passwords.VerifyAsync(user, password, context.RequestAborted))
        {
            await FailedAsync(user);
            await audit.WriteAsync(Caller.Nobody, address?.ToString(), "session.failed", null, name.Length <= MostNoted ? name : name[..MostNoted] + "…");
            throw AccountProblems.WrongCredentials();
        }
        if (user!.Stored!.Disabled)
            throw AccountProblems.Disabled();
        guard.Passed(normalized, address);
        return await BeginAsync(context, user.Stored, "password");
    }

    /// <summary>Checks the present password of who is signed in, before it changes something that outlives the session.</summary>
    /// <exception cref="ApiProblemException">422 or 429.</exception>
    public async Task RequirePasswordAsync(HttpContext context, AccountUser user, string password)
    {
        var address = context.Connection.RemoteIpAddress;
        if (guard.Enter(user.NormalizedName, address) is { } wait)
            throw AccountProblems.TooManySignIns(wait);
        if (!await passwords.VerifyAsync(user, password, context.RequestAborted))
        {
            await FailedAsync(user);
            throw ApiProblems.Refused([new ProblemError("/current", "wrong_password", "This is not the present password.")]);
        }
        guard.Passed(user.NormalizedName, address);
    }

    /// <summary>Begins a session of an account that is known to be the caller's.</summary>
    public async Task<Caller> BeginAsync(HttpContext context, AccountInfo account, string by)
    {
        await SessionCookie.SignInAsync(context, account);
        return await NoteAsync(context, account, by);
    }

    /// <summary>Notes that a session begins.</summary>
    public async Task<Caller> NoteAsync(HttpContext context, AccountInfo account, string by)
    {
        var caller = AccountCallers.Of(account);
        try
        {
            await accounts.SeenAsync(account.Id);
        }
        catch (StoreException failure)
        {
            // A full disk must not keep people out.
            NotNoted(account.Name, failure);
        }
        await audit.WriteAsync(caller, context.Connection.RemoteIpAddress?.ToString(), "session.opened", null, account.Id, new Dictionary<string, string> { ["by"] = by });
        return caller;
    }

    /// <summary>Ends the session of this browser; or, with a new stamp, all of the account's.</summary>
    public async Task EndAsync(HttpContext context, bool everywhere)
    {
        var caller = context.Caller();
        var session = await SessionCookie.ReadAsync(context);
        await context.SignOutAsync(SessionCookie.Scheme);
        if (caller is not { Kind: CallerKind.Account, Id: { } id })
            return;
        if (everywhere && await users.FindByIdAsync(id) is { } user)
        {
            var restamped = await users.UpdateSecurityStampAsync(user);
            if (!restamped.Succeeded)
                throw AccountProblems.Of(restamped);
            callers.Changed(id);
        }
        else if (!everywhere && session is not null)
            await EndAsync(session, caller);
        await audit.WriteAsync(context, everywhere ? "session.closed_everywhere" : "session.closed", null, id);
    }

    private async Task EndAsync(SessionTicket session, Caller caller)
    {
        try
        {
            await ended.EndAsync(session.Id);
        }
        catch (StoreException failure)
        {
            // A full disk must not keep people in; a copy of the cookie is refused until the server starts again.
            NotEnded(caller.Name, failure);
        }
    }

    private double Now => clock.Seconds();

    private async Task FailedAsync(AccountUser? user)
    {
        try
        {
            if (user is not null)
                await accounts.SignInFailedAsync(user.Id, SignInGuard.WaitAfter);
        }
        catch (StoreException failure)
        {
            // The guard in memory has counted it.
            NotNoted(user!.Name, failure);
        }
    }

    [LoggerMessage(2411, LogLevel.Warning, "Not stored that {Account} signed in or failed to.")]
    private partial void NotNoted(string account, Exception failure);

    [LoggerMessage(2417, LogLevel.Warning, "Not stored that {Account} signed out.")]
    private partial void NotEnded(string account, Exception failure);
}
