using System.Collections.Concurrent;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Limits what one key, else one account, else one address may ask for in a time. Without accounts nothing is counted.</summary>
internal sealed class RateLimits(ApiLimits limits, TimeProvider clock)
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<string, TokenBucket> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TokenBucket> _bytes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TokenBucket> _failures = new(StringComparer.Ordinal);

    /// <summary>Counts a request.</summary>
    /// <exception cref="ApiProblemException">429.</exception>
    public void Request(HttpContext context, Caller caller)
    {
        if (Counted(context, caller) is { } name
            && Bucket(_requests, name, limits.MaxRequestsPerSecond, limits.MaxRequestBurst).Take(1, clock) is { } wait)
        {
            throw ApiProblems.Later("too_many_requests", "Too many", $"More than {limits.MaxRequestsPerSecond} requests a second came with these credentials. Send the same request again a little later.", wait);
        }
    }

    /// <summary>Counts the bytes of a body that is about to be read; of unknown length, it is counted afterwards by <see cref="Charge"/>.</summary>
    /// <exception cref="ApiProblemException">429.</exception>
    public void Body(HttpContext context)
    {
        if (Counted(context, context.Caller()) is { } name && Bytes(name).Take(context.Request.ContentLength ?? 0, clock) is { } wait)
            throw ApiProblems.Later("too_many_bytes", "Too many", $"More than {limits.MaxIngestBytesPerSecond} bytes a second came with these credentials; nothing was stored. Send the same request again a little later.", wait);
    }

    /// <summary>Counts the bytes of a body that has been read where its length was not known before.</summary>
    public void Charge(HttpContext context, long bytes)
    {
        if (context.Request.ContentLength is null && Counted(context, context.Caller()) is { } name)
            Bytes(name).Charge(bytes);
    }

    /// <summary>The answer to a key that is not valid: 401, or 429 where too many came from there. Valid keys from the same address are taken all the same: they may come from behind the same proxy.</summary>
    public ApiProblemException FailedKey(string address)
    {
        var bucket = Bucket(_failures, address, limits.MaxFailedKeysPerMinute / 60.0, limits.MaxFailedKeysPerMinute);
        return bucket.Take(1, clock) is { } wait
            ? ApiProblems.Later("too_many_failures", "Too many", "Too many invalid keys came from this address. Check the key, then try again later.", wait)
            : AccessProblems.InvalidKey();
    }

    private TokenBucket Bytes(string name) => Bucket(_bytes, name, limits.MaxIngestBytesPerSecond, limits.MaxIngestBurstBytes);

    private static string? Counted(HttpContext context, Caller caller) => caller.Kind switch
    {
        CallerKind.Local => null,
        CallerKind.Key or CallerKind.Account when caller.Credentials is [var first, ..] => first,
        _ => ClientAddress.Of(context),
    };

    private TokenBucket Bucket(ConcurrentDictionary<string, TokenBucket> all, string name, double perSecond, double burst)
    {
        if (all.TryGetValue(name, out var bucket))
            return bucket;
        if (all.Count >= MostKept)
        {
            // A full one says as much as a new one.
            foreach (var (other, kept) in all)
            {
                if (kept.IsFull(clock))
                    all.TryRemove(other, out _);
            }
            if (all.Count >= MostKept)
                all.Clear();
        }
        return all.GetOrAdd(name, _ => new TokenBucket(perSecond, burst, clock.GetTimestamp()));
    }
}
