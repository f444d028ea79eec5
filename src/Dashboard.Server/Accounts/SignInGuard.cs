using System.Net;

namespace Dashboard.Server;

/// <summary>
/// Makes guessing passwords slow: after five failures a name waits, longer each time, and an address has so many tries a minute. A try counts as a failure when it begins, so that many at once are
/// all counted. A name that nobody has waits just the same.
/// </summary>
internal sealed class SignInGuard(TimeProvider clock)
{
    // Failures that cost nothing: a person mistypes.
    private const int Free = 5;
    private const int TriesAtOnce = 20;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    // Long enough to make guessing pointless, short enough that nobody is locked out of their work by somebody else's guesses.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    // Some 150 bytes each; beyond this many those that wait for nothing go.
    private const int MostKept = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Name> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, DateTimeOffset> _addresses = [];

    /// <summary>The wait after so many failures in a row; null for none.</summary>
    public static TimeSpan? WaitAfter(int failures)
    {
        if (failures < Free)
            return null;
        var doublings = Math.Min(failures - Free, 10);
        var wait = FirstWait * Math.Pow(2, doublings);
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>Counts a try; answers how long to wait where it may not be made.</summary>
    /// <param name="name">Name of the account in the form in which it is unique.</param>
    /// <param name="address">Where the try comes from.</param>
    public TimeSpan? Enter(string name, IPAddress? address)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_names.TryGetValue(name, out var known) && known.Until > now)
                return known.Until - now;
            if (!TryTake(ClientAddress.Network(address), now, out var wait))
                return wait;
            Trim(now);
            var failures = (known.Seen > now - Forgotten ? known.Failures : 0) + 1;
            _names[name] = new Name(failures, now + (WaitAfter(failures) ?? TimeSpan.Zero), now);
            return null;
        }
    }

    /// <summary>The try was right: its name begins anew, and its address gets it back.</summary>
    public void Passed(string name, IPAddress? address)
    {
        lock (_gate)
        {
            _names.Remove(name);
            if (_addresses.TryGetValue(ClientAddress.Network(address), out var full))
                _addresses[ClientAddress.Network(address)] = full - TryEvery;
        }
    }

    // A bucket by the time at which it will be full: one number tells how many tries are left.
    private bool TryTake(IPAddress network, DateTimeOffset now, out TimeSpan wait)
    {
        var full = _addresses.TryGetValue(network, out var kept) && kept > now ? kept : now;
        wait = full + TryEvery - now - TryEvery * TriesAtOnce;
        if (wait > TimeSpan.Zero)
            return false;
        _addresses[network] = full + TryEvery;
        return true;
    }

    private void Trim(DateTimeOffset now)
    {
        if (_names.Count >= MostKept)
        {
            foreach (var name in _names.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToList())
                _names.Remove(name);
        }
        if (_addresses.Count >= MostKept)
        {
            foreach (var address in _addresses.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
                _addresses.Remove(address);
        }
    }

    private readonly record struct Name(int Failures, DateTimeOffset Until, DateTimeOffset Seen);
}
