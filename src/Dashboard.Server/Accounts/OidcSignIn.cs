using System.Security.Claims;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Lets people in whom the provider vouches for: those known already, those with an invitation, and those of an allowed domain or group.</summary>
internal sealed partial class OidcSignIn(
    IOptions<AccessOptions> options, UserManager<AccountUser> users, IAccountStore accounts, IInvitationStore invitations, AccountSignIn signIn, InvitationUse use, AccountCallers callers,
    ILogger<OidcSignIn> logger)
{
    /// <summary>Name of the authentication scheme, and of the provider of logins.</summary>
    public const string Scheme = "oidc";

    /// <summary>Where the provider sends people back to.</summary>
    public const string CallbackPath = "/sign-in/provider";

    private const string InvitationItem = "invitation";
    private const string AccountItem = "account";
    private const int MostSameNames = 20;

    /// <summary>Address at the provider where a browser goes on.</summary>
    /// <param name="context">The request.</param>
    /// <param name="returnPath">Where to go in the end.</param>
    /// <param name="secret">Secret of the invitation that is used on the way; null without one.</param>
    public async Task<string> BeginAsync(HttpContext context, string returnPath, string? secret)
    {
        if (!options.Value.Oidc.IsConfigured)
            throw AccountProblems.NoProvider();
        var properties = new AuthenticationProperties { RedirectUri = context.Request.PathBase + returnPath };
        // Sealed on its way, and no secret all the same.
        if (!string.IsNullOrEmpty(secret))
            properties.Items[InvitationItem] = Convert.ToHexString(LinkSecret.Hash(secret));
        else if (context.Caller() is { Kind: CallerKind.Account, Id: { } id })
            properties.Items[AccountItem] = id;
        try
        {
            await context.ChallengeAsync(Scheme, properties);
        }
        catch (InvalidOperationException unreachable)
        {
            Unreachable(unreachable);
            throw new ApiProblemException(new ApiProblem
            {
                Status = 503, Code = "provider_unreachable", Title = "The provider does not answer", Retryable = true, RetryAfter = TimeSpan.FromSeconds(10),
                Detail = "The OpenID Connect provider does not answer as it should; the server's log says more.",
            }, unreachable);
        }
        var location = context.Response.Headers.Location.ToString();
        context.Response.Headers.Location = default;
        context.Response.StatusCode = StatusCodes.Status200OK;
        return location;
    }

    /// <summary>Makes the session of a person whom the provider has named, or sends them to the page that says why not.</summary>
    public async Task ReceivedAsync(TicketReceivedContext received)
    {
        var context = received.HttpContext;
        var person = received.Principal!;
        var items = received.Properties?.Items ?? new Dictionary<string, string?>();
        var login = new AccountLogin(Scheme, $"{person.FindFirstValue("iss")} {person.FindFirstValue("sub")}");
        var account = await accounts.FindByLoginAsync(login, context.RequestAborted)
            ?? await ConnectedAsync(context, items, login)
            ?? await MadeAsync(context, person, items, login);
        if (account is null || account.Disabled)
        {
            Refused(received, account is null ? "unknown" : "disabled");
            return;
        }
        if (Invitation(items) is { } hash && !account.IsOwner && await invitations.FindAsync(hash, context.RequestAborted) is { AccountId: null } offered)
        {
            account = await invitations.JoinAsync(hash, account.Id) ?? account;
            await use.NoteAsync(context, AccountCallers.Of(account), offered);
        }
        if (!account.IsOwner && IsIn(person, options.Value.Oidc.OwnerGroups))
            account = await accounts.SetRoleAsync(account.Id, "", AccountRole.Owner) ?? account;
        callers.Changed(account.Id);
        await signIn.NoteAsync(context, account, Scheme);
        received.Principal = SessionCookie.Principal(account);
        received.Properties = new AuthenticationProperties { IsPersistent = true };
    }

    /// <summary>Sends a browser to the page that says that it did not work.</summary>
    public static void Refused<TOptions>(HandleRequestContext<TOptions> handled, string reason)
        where TOptions : AuthenticationSchemeOptions
    {
        handled.Response.Redirect($"{handled.Request.PathBase}{SignInRedirect.Page}?refused={reason}");
        handled.HandleResponse();
    }

    // Who was signed in when it began, and still is, connects the two.
    private async Task<AccountInfo?> ConnectedAsync(HttpContext context, IDictionary<string, string?> items, AccountLogin login)
    {
        if (!items.TryGetValue(AccountItem, out var id) || id is null || await SessionCookie.ReadAsync(context) is not { } session || session.AccountId != id)
            return null;
        return await callers.FindAsync(session, context.RequestAborted) is null ? null : await accounts.AddLoginAsync(id, login);
    }

    private async Task<AccountInfo?> MadeAsync(HttpContext context, ClaimsPrincipal person, IDictionary<string, string?> items, AccountLogin login)
    {
        var invitation = Invitation(items);
        var offered = invitation is null ? null : await invitations.FindAsync(invitation, context.RequestAborted);
        if (offered is not { AccountId: null } && !MayCome(person))
            return null;
        var wanted = person.FindFirstValue("preferred_username") ?? person.FindFirstValue("email") ?? person.FindFirstValue("name") ?? "";
        if (AccountNames.Check(wanted) is not null)
            wanted = "person";
        var role = AccountRoles.Parse(options.Value.Oidc.DefaultRole);
        for (var number = 1; number <= MostSameNames; number++)
        {
            var user = new AccountUser
            {
                Name = number == 1 ? wanted.Trim() : FormattableString.Invariant($"{wanted.Trim()} {number}"),
                Email = person.FindFirstValue("email"),
                Login = login,
                Invitation = offered is { AccountId: null } ? invitation : null,
                Membership = role is { } given and not AccountRole.Owner ? new MembershipInfo("", given) : null,
            };
            var made = await users.CreateAsync(user);
            if (!made.Succeeded && made.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName)))
                continue;
            if (made.Succeeded && user.Invitation is not null)
                await use.NoteAsync(context, AccountCallers.Of(user.Stored!), offered!);
            return made.Succeeded ? user.Stored : null;
        }
        return null;
    }

    private bool MayCome(ClaimsPrincipal person)
    {
        var oidc = options.Value.Oidc;
        if (IsIn(person, oidc.AllowedGroups) || IsIn(person, oidc.OwnerGroups))
            return true;
        // An address that nobody has verified is whatever somebody typed.
        return string.Equals(person.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase)
            && person.FindFirstValue("email") is { } email && email.LastIndexOf('@') is >= 0 and var at
            && oidc.AllowedDomains.Any(domain => string.Equals(email[(at + 1)..], domain.TrimStart('@'), StringComparison.OrdinalIgnoreCase));
    }

    private bool IsIn(ClaimsPrincipal person, IList<string> groups) =>
        groups.Count > 0 && person.FindAll(options.Value.Oidc.GroupsClaim).Any(claim => groups.Contains(claim.Value, StringComparer.Ordinal));

    private static byte[]? Invitation(IDictionary<string, string?> items) => items.TryGetValue(InvitationItem, out var hash) && hash is not null ? Convert.FromHexString(hash) : null;

    [LoggerMessage(2412, LogLevel.Error, "The OpenID Connect provider does not answer as it should.")]
    private partial void Unreachable(Exception failure);
}
