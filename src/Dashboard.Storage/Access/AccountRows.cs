namespace Dashboard.Storage;

/// <summary>Reads and steps that accounts and invitations share.</summary>
internal static class AccountRows
{
    /// <summary>Accounts with their memberships, by name.</summary>
    public static List<AccountInfo> Read(StorageContext context, IQueryable<AccountEntity> accounts)
    {
        var rows = accounts.OrderBy(a => a.NormalizedName).ToList();
        var keys = rows.ConvertAll(row => row.Key);
        var memberships = context.Memberships.Where(m => keys.Contains(m.AccountKey)).OrderBy(m => m.Project).ToLookup(m => m.AccountKey);
        return rows.ConvertAll(row => Info(row, memberships[row.Key]));
    }

    /// <summary>One account with its memberships, or null.</summary>
    public static AccountInfo? Read(StorageContext context, long key) => Read(context, context.Accounts.Where(a => a.Key == key)).SingleOrDefault();

    /// <summary>Refuses a name that another account has.</summary>
    public static void RequireFree(StorageContext context, string normalizedName)
    {
        if (context.Accounts.Any(a => a.NormalizedName == normalizedName)) throw new AccountNameTakenException();
    }

    /// <summary>The rows of a new account.</summary>
    public static AccountEntity Add(StorageContext context, NewAccount account, MembershipInfo? membership, double now)
    {
        var row = new AccountEntity
        {
            Id = Guid.CreateVersion7().ToString("n"),
            Name = account.Name,
            NormalizedName = account.NormalizedName,
            Email = account.Email,
            PasswordHash = account.PasswordHash,
            SecurityStamp = account.SecurityStamp,
            Created = now,
        };
        context.Accounts.Add(row);
        if (membership is not null) context.Memberships.Add(new MembershipEntity { Account = row, Project = membership.Project, Role = membership.Role });
        if (account.Login is { } login) context.AccountLogins.Add(new AccountLoginEntity { Account = row, Provider = login.Provider, Subject = login.Subject });
        return row;
    }

    /// <summary>Refuses to take the server away from the last account that owns it.</summary>
    public static void RequireAnotherOwner(StorageContext context, AccountEntity account)
    {
        var isOwner = context.Memberships.Any(m => m.AccountKey == account.Key && m.Project == "" && m.Role == AccountRole.Owner);
        if (isOwner && !account.Disabled && !context.Memberships.Any(m => m.AccountKey != account.Key && m.Project == "" && m.Role == AccountRole.Owner && !m.Account!.Disabled))
            throw new LastOwnerException();
    }

    private static AccountInfo Info(AccountEntity row, IEnumerable<MembershipEntity> memberships) => new(
        row.Id, row.Name, row.NormalizedName, row.Email, row.PasswordHash, row.SecurityStamp, row.Disabled, row.FailedSignIns, row.LockedUntil, row.Created, row.LastSeen,
        [.. memberships.Select(m => new MembershipInfo(m.Project, m.Role))]);
}
