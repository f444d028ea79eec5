using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Refuses a password that is the account's name with something around it, and one that would be long work to check.</summary>
internal sealed class PasswordNameRule : IPasswordValidator<AccountUser>
{
    /// <summary>Characters at the least.</summary>
    public const int Least = 12;

    /// <summary>Characters at the most.</summary>
    public const int Most = 256;

    // What is left of the password around the name has to be a password of its own.
    private const int LeastBesideName = 8;

    public Task<IdentityResult> ValidateAsync(UserManager<AccountUser> manager, AccountUser user, string? password)
    {
        if (password?.Length > Most)
            return Fault("PasswordTooLong", $"The password is longer than {Most} characters.");
        if (password is not null && user.Name.Length > 2)
        {
            var beside = password.Replace(user.Name, "", StringComparison.OrdinalIgnoreCase);
            if (beside.Length < password.Length && beside.Length < LeastBesideName)
                return Fault("PasswordHoldsName", "The password is little more than the name.");
        }
        return Task.FromResult(IdentityResult.Success);
    }

    private static Task<IdentityResult> Fault(string code, string description) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = description }));
}
