using Microsoft.AspNetCore.Authentication;

namespace Dashboard.Server;

/// <summary>Knows people by the cookie of their session.</summary>
internal sealed class AccountReader(AccountCallers callers) : ICredentialReader
{
    public async ValueTask<Caller?> ReadAsync(HttpContext context)
    {
        if (await SessionCookie.ReadAsync(context) is not { } session)
            return null;
        if (await callers.FindAsync(session, context.RequestAborted) is { } caller)
            return caller;
        // It will never be worth anything again.
        await context.SignOutAsync(SessionCookie.Scheme);
        return null;
    }
}
