using System.Collections.Concurrent;

namespace Dashboard.Server;

/// <summary>
/// Counts tries to open share links: so many wrong passwords of a link from an address, so many of a link from anywhere, so many unknown secrets from an address. Who has not the secret
/// cannot use up the tries of a link.
/// </summary>
internal sealed class ShareTries(TimeProvider clock)
{
    /// <summary>Wrong passwords of one link from one address within <see cref="Window"/>.</summary>
    public const int MostOfAddress = 8;

    /// <summary>Wrong passwords of one link from all addresses within <see cref="Window"/>.</summary>
    public const int MostOfLink = 60;

    /// <summary>Unknown secrets from one address within <see cref="Window"/>; several people may share it.</summary>
    public const int MostUnknown = 120;

    /// <summary>How long a try counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Some 150 bytes each. What is beyond is counted together, so that no flood of addresses makes room for more tries.
    private const int MostCounters = 50_000;
    private const string Crowd = "crowd";
    private readonly ConcurrentDictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    /// <summary>How long to wait before another try, or null where one is free now.</summary>
    public TimeSpan? WaitForLink(string linkId, string address) => Later(Wait($"{linkId} {address}", MostOfAddress), Wait(linkId, MostOfLink));

    /// <summary>The same for secrets of no link.</summary>
    public TimeSpan? WaitForUnknown(string address) => Wait($"unknown {address}", MostUnknown);

    /// <summary>Counts a password before it is known whether it is right.</summary>
    public void Begin(string linkId, string address)
    {
        Count($"{linkId} {address}");
        Count(linkId);
    }

    /// <summary>Takes back the count of a password that was right.</summary>
    public void Right(string linkId, string address)
    {
        TakeBack($"{linkId} {address}");
        TakeBack(linkId);
    }

    /// <summary>Counts a secret of no link.</summary>
    public void Unknown(string address) => Count($"unknown {address}");

    private TimeSpan? Wait(string key, int most)
    {
        if (!_counters.TryGetValue(key, out var counter))
            return null;
        var rest = counter.Began + Window - clock.GetUtcNow();
        return counter.Count >= most && rest > TimeSpan.Zero ? rest : null;
    }

    private void Count(string key)
    {
        var now = clock.GetUtcNow();
        if (_counters.Count >= MostCounters && !_counters.ContainsKey(key))
        {
            foreach (var (old, counter) in _counters)
            {
                if (counter.Began + Window <= now)
                    _counters.TryRemove(new(old, counter));
            }
            if (_counters.Count >= MostCounters)
                key = Crowd;
        }
        _counters.AddOrUpdate(key, _ => new Counter(now, 1), (_, counter) => counter.Began + Window <= now ? new Counter(now, 1) : counter with { Count = counter.Count + 1 });
    }

    private void TakeBack(string key)
    {
        while (_counters.TryGetValue(key, out var counter) && counter.Count > 0 && !_counters.TryUpdate(key, counter with { Count = counter.Count - 1 }, counter))
        {
        }
    }

    private static TimeSpan? Later(TimeSpan? one, TimeSpan? other) => other is null || one > other ? one : other;

    private sealed record Counter(DateTimeOffset Began, int Count);
}
