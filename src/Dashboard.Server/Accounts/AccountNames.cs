using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Names, stamps and password rules of accounts.</summary>
internal static class AccountNames
{
    private const int MostNameBytes = 128;

    /// <summary>The fault of a name as (code, message), or null.</summary>
    public static (string Code, string Message)? Check(string? name) => NameRule.Check(name?.Trim(), MostNameBytes);

    /// <summary>A stamp that nobody can guess.</summary>
    public static string NewStamp() => RandomNumberGenerator.GetHexString(32);

    /// <summary>What the rules say of a password that an account wants.</summary>
    public static async Task<IdentityResult> CheckPasswordRulesAsync(this UserManager<AccountUser> users, AccountUser user, string password)
    {
        var errors = new List<IdentityError>();
        foreach (var rule in users.PasswordValidators)
            errors.AddRange((await rule.ValidateAsync(users, user, password)).Errors);
        return errors.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. errors]);
    }
}
