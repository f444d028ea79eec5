using System.Collections.Concurrent;

namespace Dashboard.Server;

/// <summary>Counts answers by method and status. The methods of HTTP are few; what else a client writes counts as one.</summary>
internal sealed class RequestCounters
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly ConcurrentDictionary<(string Method, int Status), Counter> _answers = new();
    private long _inFlight;

    /// <summary>Requests being answered now.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>Counts a request until its answer has been made.</summary>
    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            var method = Array.IndexOf(Methods, context.Request.Method) is >= 0 and var known ? Methods[known] : "other";
            Interlocked.Increment(ref _answers.GetOrAdd((method, context.Response.StatusCode), _ => new Counter()).Value);
        }
    }

    /// <summary>Answers so far, ordered.</summary>
    public IEnumerable<(string Method, int Status, long Count)> Read() => _answers
        .Select(entry => (entry.Key.Method, entry.Key.Status, Interlocked.Read(ref entry.Value.Value)))
        .OrderBy(entry => entry);

    private sealed class Counter
    {
        public long Value;
    }
}
