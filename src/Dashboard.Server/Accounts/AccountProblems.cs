using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>The problems of accounts, sessions and invitations.</summary>
internal static class AccountProblems
{
    /// <summary>409 where nobody signs in.</summary>
    public static ApiProblemException NoAccounts() => ApiProblems.Refuse(409, "no_accounts", "There are no accounts",
        "This server listens to this machine alone, and everybody on it is its owner. Start it with Access:Mode=Accounts to have accounts.");

    /// <summary>401 for a name that nobody has as for a password that is not right.</summary>
    public static ApiProblemException WrongCredentials() => ApiProblems.Refuse(401, "wrong_credentials", "Not signed in", "The name or the password is not right.");

    /// <summary>403, told to whoever knows the password alone.</summary>
    public static ApiProblemException Disabled() => ApiProblems.Refuse(403, "account_disabled", "The account is disabled", "An owner of the server has disabled this account.");

    /// <summary>429 with how long to wait.</summary>
    public static ApiProblemException TooManySignIns(TimeSpan wait) => ApiProblems.Later("too_many_sign_ins", "Too many tries",
        $"Too many tries failed for this name or from this address. Try again in {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} seconds.", wait);

    /// <summary>404: which of the three it is, is not told.</summary>
    public static ApiProblemException InvitationGone() => ApiProblems.Refuse(404, "invitation_gone", "The link does not work", "The link was used, taken back, or has expired. Ask for another.");

    /// <summary>404.</summary>
    public static ApiProblemException PersonNotFound() => ApiProblems.Refuse(404, "person_not_found", "No such account", "There is no account with this id.");

    /// <summary>403 for what takes a person who signed in.</summary>
    public static ApiProblemException NotAPerson() => ApiProblems.Refuse(403, "not_an_account", "Not an account", "This is for people who signed in, not for keys.");

    /// <summary>404 where no other party is configured.</summary>
    public static ApiProblemException NoProvider() => ApiProblems.Refuse(404, "no_provider", "No such way to sign in", "No OpenID Connect provider is configured: see Access:Oidc.");

    /// <summary>409 where an account changed while something was done with it.</summary>
    public static ApiProblemException Changed() => ApiProblems.Refuse(409, "account_changed", "The account changed meanwhile", "Somebody changed the account at the same moment; nothing was stored. Try again.");

    /// <summary>What Identity refused, by field.</summary>
    public static ApiProblemException Of(IdentityResult result)
    {
        var codes = result.Errors.Select(error => error.Code).ToList();
        if (codes.Contains(AccountUserStore.InvitationGone))
            return InvitationGone();
        return codes.Contains(nameof(IdentityErrorDescriber.ConcurrencyFailure)) ? Changed() : ApiProblems.Refused([.. result.Errors.Select(Of)]);
    }

    /// <summary>The answer to a refusal of the store that is about accounts; null for another.</summary>
    public static ApiProblem? Of(StoreException refusal) => refusal switch
    {
        LastOwnerException => Problem(409, "last_owner", "The last owner", "This is the last account that owns the server. Make another owner first."),
        AccountNameTakenException => Problem(409, "name_taken", "The name is taken", "Another account has this name. Choose another."),
        _ => null,
    };

    private static ProblemError Of(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.PasswordTooShort) => new("/password", "password_too_short", $"The password must have at least {PasswordNameRule.Least} characters."),
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => new("/password", "password_too_uniform", "The password is the same few characters again and again."),
        "PasswordTooLong" => new("/password", "password_too_long", error.Description),
        "PasswordHoldsName" => new("/password", "password_holds_name", "The password is little more than the name. Add something that has nothing to do with it."),
        nameof(IdentityErrorDescriber.DuplicateUserName) => new("/name", "name_taken", "Another account has this name. Choose another."),
        _ => new("/name", "invalid_name", error.Description),
    };

    private static ApiProblem Problem(int status, string code, string title, string detail) => new() { Status = status, Code = code, Title = title, Detail = detail };

}
