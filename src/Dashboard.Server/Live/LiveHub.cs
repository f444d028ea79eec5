using System.Runtime.CompilerServices;
using Dashboard.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Server;

/// <summary>Streams commits to browsers and scripts.</summary>
internal sealed class LiveHub(CommitFeed feed, DashboardQueries queries, ApiLimits limits, LiveCounters counters, TimeProvider clock) : Hub
{
    private const string SubscriptionsKey = "subscriptions";

    /// <summary>Streams what happens to the runs asked for until the client cancels. See <see cref="LiveFrame"/> for the forms of a frame.</summary>
    /// <remarks>What the connection's caller does not see is not told, as if it did not exist.</remarks>
    /// <exception cref="HubException">The subscription is not valid, or the connection has too many.</exception>
    [HubNeeds(AccessRight.Read)]
    public async IAsyncEnumerable<LiveFrame> Subscribe(LiveSubscription subscription, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(subscription);
        using var place = Enter();
        // Frames gather for this long, so that a burst of small commits is one message a series.
        var pause = TimeSpan.FromSeconds(1.0 / limits.MaxLiveFlushesPerSecond);
        var merger = new FrameMerger(subscription, ProjectScope.Of(HubGate.CallerOf(Context), subscription.Project), limits, queries);
        var entries = new List<FeedEntry>();
        long position;
        if (feed.Seek(subscription.AfterSeq) is { } found)
            (position, merger.AfterSeq) = (found, subscription.AfterSeq ?? merger.AfterSeq);
        else
            yield return Reset(merger, out position);
        while (true)
        {
            await feed.WaitAsync(position, cancellationToken);
            var began = clock.GetTimestamp();
            var frames = feed.TryRead(ref position, entries) ? await merger.MergeAsync(entries) : null;
            if (frames is null)
                yield return Reset(merger, out position);
            for (var at = 0; at < frames?.Count; at++)
            {
                counters.Sent(frames[at].Steps?.Length ?? 0);
                yield return at < frames.Count - 1 ? frames[at] with { More = true } : frames[at];
            }
            var rest = pause - clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, clock, cancellationToken);
        }
    }

    private LiveFrame Reset(FrameMerger merger, out long position)
    {
        counters.Reset();
        (position, var seq) = feed.End();
        merger.AfterSeq = seq;
        return new LiveFrame { Seq = seq, Reset = true };
    }

    private void Check(LiveSubscription subscription)
    {
        if (NameRule.Check(subscription.Project, limits.MaxNameBytes, "The project name") is { } fault)
            throw new HubException(fault.Message);
        if (subscription.RunIds?.Count > limits.MaxLiveRunIds)
            throw new HubException($"A subscription may name {limits.MaxLiveRunIds} runs at the most; null stands for all.");
        if (subscription.Tags?.Count > limits.MaxLiveTags)
            throw new HubException($"A subscription may name {limits.MaxLiveTags} tags at the most; null stands for all.");
        if (subscription.RunIds?.Contains(null!) == true || subscription.Tags?.Contains(null!) == true)
            throw new HubException("Run ids and tags must not be null.");
    }

    private Place Enter()
    {
        // Made by the connection's first subscription; invocations of one connection begin one after the other.
        var open = (Subscriptions)(Context.Items[SubscriptionsKey] ??= new Subscriptions());
        if (Interlocked.Increment(ref open.Count) > limits.MaxLiveSubscriptions)
        {
            Interlocked.Decrement(ref open.Count);
            throw new HubException($"A connection may have {limits.MaxLiveSubscriptions} subscriptions at the most; cancel one first.");
        }
        return new Place(open, counters);
    }

    private sealed class Subscriptions
    {
        public int Count;
    }

    private sealed class Place : IDisposable
    {
        private readonly Subscriptions _open;
        private readonly LiveCounters _counters;

        public Place(Subscriptions open, LiveCounters counters)
        {
            (_open, _counters) = (open, counters);
            counters.Opened();
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref _open.Count);
            _counters.Closed();
        }
    }
}
