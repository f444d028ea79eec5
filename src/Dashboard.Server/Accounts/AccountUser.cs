using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>An account as ASP.NET Core Identity handles it.</summary>
internal sealed class AccountUser
{
    /// <summary>Id of the account; empty for one that is to be made.</summary>
    public string Id { get; init; } = "";

    /// <summary>What is typed to sign in.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name in the form in which it is unique.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>Where the person can be written to.</summary>
    public string? Email { get; init; }

    /// <summary>Salted and stretched; null where the person signs in elsewhere.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that ends sessions.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>The account as it was read; null for one that is to be made.</summary>
    public AccountInfo? Stored { get; set; }

    /// <summary>Hash of the secret of the invitation that a new account comes by; null where it needs none.</summary>
    public byte[]? Invitation { get; init; }

    /// <summary>What a new account is that comes without an invitation.</summary>
    public MembershipInfo? Membership { get; init; }

    /// <summary>Who a new account is elsewhere.</summary>
    public AccountLogin? Login { get; init; }

    /// <summary>The account as Identity handles it; null for none.</summary>
    public static AccountUser? Of(AccountInfo? account) => account is null ? null : new AccountUser
    {
        Id = account.Id,
        Name = account.Name,
        NormalizedName = account.NormalizedName,
        Email = account.Email,
        PasswordHash = account.PasswordHash,
        SecurityStamp = account.SecurityStamp,
        Stored = account,
    };
}
