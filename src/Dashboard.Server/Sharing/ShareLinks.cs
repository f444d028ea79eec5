using System.Collections.Concurrent;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// The share links that are in use, in memory: every request of a shared view asks for its link. This process alone writes links, so what is kept here is never old:
/// a link that is revoked is put here as revoked before the answer to its revocation. No link shows more than its maker may share now.
/// </summary>
internal sealed class ShareLinks(IShareLinkStore store, AccountCallers accounts, AccessChanges changes, TimeProvider clock)
{
    // Some kilobytes each with many runs; beyond this many it begins anew.
    private const int MostKept = 2_000;
    private readonly ConcurrentDictionary<string, ShareLinkInfo> _kept = new(StringComparer.Ordinal);

    /// <summary>Seconds since the Unix epoch.</summary>
    public double Now => clock.Seconds();

    /// <summary>Name of a link in <see cref="AccessChanges"/>.</summary>
    public static string Credential(string id) => "share:" + id;

    /// <summary>Makes a link; answers it with its secret, or null where the project has too many.</summary>
    public async Task<(ShareLinkInfo Link, string Secret)?> MakeAsync(ShareLinkInfo link, int limit)
    {
        var secret = LinkSecret.New();
        return await store.AddAsync(link, LinkSecret.Hash(secret), limit) is { } made ? (made, secret) : null;
    }

    /// <summary>The live link of a secret; null where there is none, or it has ended: one lookup in each case.</summary>
    public async Task<ShareLinkInfo?> FindBySecretAsync(string secret, CancellationToken cancellation) =>
        await store.FindByHashAsync(LinkSecret.Hash(secret), cancellation) is { } link && await IsLiveAsync(link, cancellation) ? link : null;

    /// <summary>A live link; null where there is none.</summary>
    public async ValueTask<ShareLinkInfo?> FindLiveAsync(string id, CancellationToken cancellation)
    {
        if (!_kept.TryGetValue(id, out var link))
        {
            if (await store.FindAsync(id, cancellation) is not { } found)
                return null;
            if (_kept.Count >= MostKept)
                _kept.Clear();
            // One that was revoked while it was read stays revoked.
            link = _kept.GetOrAdd(id, found);
        }
        return await IsLiveAsync(link, cancellation) ? link : null;
    }

    /// <summary>Whether who made a link may no longer make one: it shows nothing until they may again. Of a link that no account made, never.</summary>
    public async ValueTask<bool> IsPowerlessAsync(ShareLinkInfo link, CancellationToken cancellation) =>
        link.AccountId is { } maker && !await accounts.MayAsync(maker, AccessRight.Write, link.Project, cancellation);

    /// <summary>Ends a link, and what it opened; false where it had ended.</summary>
    public async Task<bool> RevokeAsync(string id)
    {
        if (await store.RevokeAsync(id) is not { } revoked)
            return false;
        _kept[id] = revoked;
        changes.Withdraw(Credential(id));
        return true;
    }

    private async ValueTask<bool> IsLiveAsync(ShareLinkInfo link, CancellationToken cancellation) => link.IsLive(Now) && !await IsPowerlessAsync(link, cancellation);

    /// <summary>Closes what links opened that have expired since; revoked ones are closed when they are revoked.</summary>
    public void CloseExpired()
    {
        var now = Now;
        foreach (var (id, link) in _kept)
        {
            if (link.Revoked is null && !link.IsLive(now) && _kept.TryRemove(new(id, link)))
                changes.Withdraw(Credential(id));
        }
    }
}
