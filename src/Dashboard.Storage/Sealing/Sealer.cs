using Microsoft.Extensions.Logging;

namespace Dashboard.Storage;

/// <summary>Moves points from the inbox into chunks, in the background.</summary>
/// <remarks>
/// The writer is asked for a moment's view of all unsealed points; chunks are made of it here while writing goes on; they go back to the writer in small
/// slices, each of which also says, in the series' row, up to which inbox row the series is sealed. Only when all are written are the inbox rows deleted.
/// Killed at any moment, a restart replays what no series' row covers.
/// </remarks>
internal sealed partial class Sealer(StoreWriter writer, StoreDatabase database, SealBacklog backlog, TimeProvider clock, ILogger<Sealer> logger)
{
    /// <summary>Bytes a slice brings to the writer: a few milliseconds of its time, so that no acknowledgement waits long.</summary>
    private const long SliceBytes = 1 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stop).ConfigureAwait(false);
                if (backlog.Due) await SealAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (StoreStoppedException)
            {
                return;
            }
            catch (Exception failure)
            {
                // Nothing is lost: the points are in the inbox. A full disk is the usual reason, and the next try comes by itself.
                SealFailed(failure);
                backlog.Retry();
            }
        }
    }

    /// <summary>Seals everything that is committed when it begins.</summary>
    public async Task SealAsync(CancellationToken cancellation)
    {
        var (seq, frozen) = await writer.CommandAsync(
            _ => new Frozen(),
            (session, view) => view.Fill(session.Inbox.LastSeq, backlog.TakeDirty())).ConfigureAwait(false);
        var slice = new List<SealedSeries>();
        long size = 0;
        foreach (var (state, tail, totals) in frozen)
        {
            cancellation.ThrowIfCancellationRequested();
            if (tail.Count == 0 || state.Run.Removed) continue;
            var sealing = await database.ReadAsync(connection => ChunkMerger.Seal(connection, state, tail, totals, seq), cancellation).ConfigureAwait(false);
            slice.Add(sealing);
            size += sealing.Size;
            if (size < SliceBytes) continue;
            await WriteAsync(slice).ConfigureAwait(false);
            slice = [];
            size = 0;
        }

        if (slice.Count > 0) await WriteAsync(slice).ConfigureAwait(false);
        await writer.CommandAsync(session =>
        {
            session.Inbox.DeleteThrough(seq);
            foreach (var run in frozen.Select(series => series.State.Run).Distinct()) session.Runs.StoreTouched(run);
            return true;
        }).ConfigureAwait(false);
    }

    private Task<List<SealedSeries>> WriteAsync(List<SealedSeries> slice) => writer.CommandAsync(
        session =>
        {
            foreach (var sealing in slice)
            {
                if (!sealing.State.Run.Removed) session.Chunks.Write(sealing);
            }

            return slice;
        },
        (_, written) =>
        {
            foreach (var sealing in written)
            {
                sealing.State.SealedSeq = sealing.Seq;
                backlog.Shrank(sealing.State, sealing.State.Trim());
            }
        });

    [LoggerMessage(1010, LogLevel.Warning, "Sealing did not finish; the points stay in the inbox and it is tried again.")]
    private partial void SealFailed(Exception failure);

    /// <summary>Filled on the writer's thread between two groups, so that it is one moment of all series.</summary>
    private sealed class Frozen
    {
        private long _seq;
        private List<(SeriesState State, SeriesTail Tail, SeriesTotals Totals)> _series = [];

        public void Fill(long seq, List<SeriesState> dirty)
        {
            _seq = seq;
            _series = [.. dirty.Select(state =>
            {
                var (tail, totals) = state.Freeze();
                return (state, tail, totals);
            })];
        }

        public void Deconstruct(out long seq, out List<(SeriesState State, SeriesTail Tail, SeriesTotals Totals)> series)
        {
            seq = _seq;
            series = _series;
        }
    }
}
