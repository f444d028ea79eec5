using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Makes callers of accounts. What was read is kept for a minute, and no longer than until <see cref="AccessChanges"/> tells of a change.</summary>
internal sealed partial class AccountCallers(IAccountStore accounts, EndedSessions ended, AccessChanges changes, TimeProvider clock, ILogger<AccountCallers> logger)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    // "Last seen" is for people who look at a list: a write a request would be too many.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Entry> _kept = new(StringComparer.Ordinal);

    /// <summary>Name of an account's credentials in <see cref="AccessChanges"/>.</summary>
    public static string Credential(string id) => "account:" + id;

    /// <summary>The caller of a session; null where it has ended, or its account is disabled or gone.</summary>
    public async ValueTask<Caller?> FindAsync(SessionTicket session, CancellationToken cancellation)
    {
        var entry = await EntryAsync(session.AccountId, cancellation);
        var isIn = entry.Account is { Disabled: false } account
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(account.SecurityStamp), Encoding.UTF8.GetBytes(session.Stamp))
            && !await ended.ContainsAsync(session.Id);
        if (!isIn)
            return null;
        if (entry.IsUnseen())
            await SeenAsync(entry.Account!);
        return entry.Caller.Through(EndedSessions.Credential(session.Id));
    }

    /// <summary>Whether an account has a right in a project now, whoever asks.</summary>
    public async ValueTask<bool> MayAsync(string id, AccessRight right, string project, CancellationToken cancellation) =>
        await EntryAsync(id, cancellation) is { Account.Disabled: false } entry && entry.Caller.May(right, project);

    /// <summary>Forgets what was read of an account and closes what it has open. Belongs after every change of it.</summary>
    public void Changed(string id) => changes.Withdraw(Credential(id));

    /// <summary>The caller that an account makes.</summary>
    public static Caller Of(AccountInfo account) => new(CallerKind.Account, account.Name, [.. account.Memberships.Select(Grant)])
    {
        Id = account.Id,
        AccountId = account.Id,
        Credentials = [Credential(account.Id)],
    };

    private async ValueTask<Entry> EntryAsync(string id, CancellationToken cancellation)
    {
        if (!_kept.TryGetValue(id, out var entry) || entry.Changed.IsCancellationRequested || clock.GetElapsedTime(entry.Read) >= Kept)
            _kept[id] = entry = await ReadAsync(id, cancellation);
        return entry;
    }

    private async Task<Entry> ReadAsync(string id, CancellationToken cancellation)
    {
        // Before it is read: a change in between is then heard of.
        var changed = changes.Of(Credential(id));
        var read = clock.GetTimestamp();
        var account = await accounts.FindAsync(id, cancellation);
        var isUnseen = (account?.LastSeen ?? 0) < (clock.GetUtcNow() - SeenEvery).Seconds();
        return new Entry(account, account is null ? Caller.Nobody : Of(account), read, isUnseen, changed);
    }

    private async Task SeenAsync(AccountInfo account)
    {
        try
        {
            await accounts.SeenAsync(account.Id);
        }
        catch (StoreException failure)
        {
            // A full disk must not keep people from reading.
            NotNoted(account.Name, failure);
        }
    }

    private static AccessGrant Grant(MembershipInfo membership) => membership switch
    {
        { Project: "", Role: AccountRole.Owner } => new AccessGrant(AccessRight.Administer),
        { Project: "", Role: AccountRole.Member } => new AccessGrant(AccessRight.Write),
        { Project: "" } => new AccessGrant(AccessRight.Read),
        { Role: AccountRole.Owner } => new AccessGrant(AccessRight.Manage, membership.Project),
        { Role: AccountRole.Member } => new AccessGrant(AccessRight.Write, membership.Project),
        _ => new AccessGrant(AccessRight.Read, membership.Project),
    };

    private sealed class Entry(AccountInfo? account, Caller caller, long read, bool isUnseen, CancellationToken changed)
    {
        private int _isUnseen = isUnseen ? 1 : 0;

        public AccountInfo? Account { get; } = account;

        public Caller Caller { get; } = caller;

        public long Read { get; } = read;

        public CancellationToken Changed { get; } = changed;

        /// <summary>Whether it is to be noted that the account's person was here; true once.</summary>
        public bool IsUnseen() => Interlocked.Exchange(ref _isUnseen, 0) == 1;
    }

    [LoggerMessage(2410, LogLevel.Warning, "Not noted that {Account} was here.")]
    private partial void NotNoted(string account, Exception failure);
}
