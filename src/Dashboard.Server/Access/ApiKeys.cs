using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// Keys by their hashes, remembered between requests. What is remembered is dropped when the key or its maker changes (<see cref="AccessChanges"/>), and read again after a second in any case,
/// so that a change that nobody told of holds as soon.
/// </summary>
internal sealed class ApiKeys(IApiKeyStore store, AccessChanges changes, ApiKeyUses uses, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    // While one request reads a key again the others go on with what is known.
    private static readonly TimeSpan Usable = TimeSpan.FromSeconds(3);
    // Some 500 bytes each; revoked keys and their like stay until it begins anew.
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Who a key stands for; null where it is unknown, revoked, expired, or its maker may nothing of it any more.</summary>
    /// <param name="hash">SHA-256 of the key.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async ValueTask<Caller?> FindAsync(byte[] hash, string? address, CancellationToken cancellation)
    {
        var name = Convert.ToHexString(hash);
        if (!_known.TryGetValue(name, out var known) || !known.IsUsable(clock))
            known = await ReadAsync(name, hash, cancellation);
        if (known is null || !CryptographicOperations.FixedTimeEquals(known.Info.Hash, hash) || known.Info.Expires <= Now)
            return null;
        uses.Note(known.Info.Key, Now, address);
        return known.Caller;
    }

    private double Now => clock.Seconds();

    private async Task<Known?> ReadAsync(string name, byte[] hash, CancellationToken cancellation)
    {
        var info = await store.FindAsync(hash, cancellation);
        if (info is null || info.Revoked is not null || ApiKeyGrants.Of(info) is not { Count: > 0 } grants)
        {
            _known.TryRemove(name, out _);
            return null;
        }
        if (_known.Count >= MostKept)
            _known.Clear();
        return _known[name] = new Known(info, Caller(info, grants), [.. Credentials(info).Select(changes.Of)], clock.GetTimestamp());
    }

    private static Caller Caller(ApiKeyInfo info, IReadOnlyList<AccessGrant> grants) => new(CallerKind.Key, info.Name, grants)
    {
        Id = info.Id,
        AccountId = info.Maker?.Id,
        Credentials = [.. Credentials(info)],
        Expires = info.Expires is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds((long)(expires * 1000)) : null,
        Told = $"The key '{info.Name}' has the role '{ApiKeyGrants.Name(info.Role)}'{(info.Project is null ? "" : $" in the project '{info.Project}'")}"
            + (grants.Any(grant => grant.Right == ApiKeyGrants.Right(info.Role) && grant.Project == info.Project) ? "." : ", and who made it may do less by now."),
    };

    private static IEnumerable<string> Credentials(ApiKeyInfo info) => info.Maker is { } maker ? [$"key:{info.Id}", $"account:{maker.Id}"] : [$"key:{info.Id}"];

    private sealed class Known(ApiKeyInfo info, Caller caller, CancellationToken[] withdrawn, long read)
    {
        private int _rereading;

        public ApiKeyInfo Info => info;
        public Caller Caller => caller;

        public bool IsUsable(TimeProvider clock)
        {
            foreach (var token in withdrawn)
            {
                if (token.IsCancellationRequested)
                    return false;
            }
            var age = clock.GetElapsedTime(read);
            return age < Fresh || (age < Usable && Interlocked.Exchange(ref _rereading, 1) == 1);
        }
    }
}
