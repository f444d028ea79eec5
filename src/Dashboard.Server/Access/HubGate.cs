using System.Reflection;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Server;

/// <summary>Lets calls through to methods of hubs that say who may call them, and ends a connection as soon as the credentials that opened it are worth nothing.</summary>
internal sealed class HubGate(AccessChanges changes, CallerReader callers, TimeProvider clock) : IHubFilter
{
    private static readonly object WatchKey = new();

    // A timer takes no longer. Who is still let in connects again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    /// <summary>Who opened a connection.</summary>
    public static Caller CallerOf(HubCallerContext connection) => connection.GetHttpContext()?.Caller() ?? Caller.Nobody;

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var caller = CallerOf(invocationContext.Context);
        if (invocationContext.HubMethod.GetCustomAttribute<HubNeedsAttribute>() is not { } rule || !caller.May(rule.Right))
            throw new HubException("These credentials do not reach this.");
        return next(invocationContext);
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        var caller = CallerOf(connection);
        if (caller.Kind != CallerKind.Local)
        {
            var watch = new Watch();
            connection.Items[WatchKey] = watch;
            foreach (var credential in caller.Credentials)
                watch.Add(changes.Of(credential).Register(connection.Abort));
            if (caller.Expires is { } end)
            {
                var left = end - clock.GetUtcNow();
                watch.Add(clock.CreateTimer(static state => ((HubCallerContext)state!).Abort(), connection, left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan));
            }
            // What was withdrawn between the look at the credentials and the registration was not heard.
            if (!await IsStillAsync(connection, caller))
                connection.Abort();
        }
        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.Remove(WatchKey, out var watch))
            ((Watch)watch!).Dispose();
        await next(context, exception);
    }

    private async Task<bool> IsStillAsync(HubCallerContext connection, Caller caller)
    {
        if (connection.GetHttpContext() is not { } request)
            return false;
        try
        {
            var now = await callers.ReadAsync(request);
            return caller.Credentials.All(now.Credentials.Contains);
        }
        catch (ApiProblemException)
        {
            return false;
        }
    }

    private sealed class Watch : IDisposable
    {
        private readonly List<IDisposable> _held = [];

        public void Add(IDisposable held) => _held.Add(held);

        public void Dispose() => _held.ForEach(held => held.Dispose());
    }
}
