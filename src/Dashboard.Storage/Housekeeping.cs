using Microsoft.Extensions.Logging;

namespace Dashboard.Storage;

/// <summary>Small jobs in the background: data of removed runs goes in steps, quiet runs leave memory, a full disk is tried again.</summary>
internal sealed partial class Housekeeping(StoreWriter writer, RunCache cache, IntakeClaims claims, StorageHealth health, TimeProvider clock, ILogger<Housekeeping> logger)
{
    private const int PurgeRows = 256;
    private const double QuietSeconds = 600;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Each in the order its rows may go; a step deletes a bounded number, so that no acknowledgement waits long.
    private static readonly string[] PurgeSteps =
    [
        """
        DELETE FROM "chunk_data" WHERE "Key" IN (SELECT c."DataKey" FROM "chunks" c WHERE c."SeriesKey" IN (SELECT "Key" FROM "series" WHERE "RunKey" = $1)
        AND EXISTS (SELECT 1 FROM "chunk_data" d WHERE d."Key" = c."DataKey") LIMIT $2)
        """,
        """
        DELETE FROM "chunks" WHERE ("SeriesKey", "FirstIndex") IN
        (SELECT "SeriesKey", "FirstIndex" FROM "chunks" WHERE "SeriesKey" IN (SELECT "Key" FROM "series" WHERE "RunKey" = $1) LIMIT $2)
        """,
        """
        DELETE FROM "coarse_levels" WHERE ("SeriesKey", "FirstIndex") IN
        (SELECT "SeriesKey", "FirstIndex" FROM "coarse_levels" WHERE "SeriesKey" IN (SELECT "Key" FROM "series" WHERE "RunKey" = $1) LIMIT $2)
        """,
        """
        DELETE FROM "records" WHERE ("SeriesKey", "Index") IN
        (SELECT "SeriesKey", "Index" FROM "records" WHERE "SeriesKey" IN (SELECT "Key" FROM "series" WHERE "RunKey" = $1) LIMIT $2)
        """,
        """
        DELETE FROM "idempotency" WHERE "RunKey" = $1 AND "IdempotencyKey" IN (SELECT "IdempotencyKey" FROM "idempotency" WHERE "RunKey" = $1 LIMIT $2)
        """,
        """DELETE FROM "alerts" WHERE "Key" IN (SELECT "Key" FROM "alerts" WHERE "RunKey" = $1 LIMIT $2)""",
        """DELETE FROM "alert_marks" WHERE rowid IN (SELECT rowid FROM "alert_marks" WHERE "RunKey" = $1 LIMIT $2)""",
        """DELETE FROM "series" WHERE "Key" IN (SELECT "Key" FROM "series" WHERE "RunKey" = $1 LIMIT $2)""",
        """DELETE FROM "runs" WHERE "Key" = $1 AND "Removed" = 1 AND $2 > 0""",
    ];

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stop).ConfigureAwait(false);
                if (health.State is StorageState.Full or StorageState.Failed) await ProbeAsync().ConfigureAwait(false);
                if (health.State != StorageState.Ready) continue;
                while (await PurgeAsync().ConfigureAwait(false)) stop.ThrowIfCancellationRequested();
                await writer.CommandAsync(Evict).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException failure)
            {
                if (health.State == StorageState.Stopped) return;
                StepFailed(failure);
            }
        }
    }

    // A commit that takes room for more than a usual batch, so that what follows is not refused at once; when it succeeds the writer says that all is well again.
    private async Task ProbeAsync()
    {
        try
        {
            await writer.CommandAsync(session =>
            {
                StoreDatabase.Run(session.Connection, """INSERT INTO "inbox" ("Seq", "Data") VALUES (-1, zeroblob(1048576))""");
                StoreDatabase.Run(session.Connection, """DELETE FROM "inbox" WHERE "Seq" = -1""");
                return true;
            }).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // Still full: the next tick tries again.
        }
    }

    private Task<bool> PurgeAsync() => writer.CommandAsync(session =>
    {
        // Runs of a project that is coming in are marked as removed until all of it is there.
        using var find = new Statement(session.Connection, $"""SELECT "Key" FROM "runs" WHERE "Removed" = 1 AND "ProjectKey" NOT IN ({claims.Held}) LIMIT 1""", 0);
        if (find.Scalar() is not long run) return false;
        foreach (var sql in PurgeSteps)
        {
            using var step = new Statement(session.Connection, sql, 2);
            if (step.Execute(run, PurgeRows) > 0) break;
        }

        return true;
    });

    private bool Evict(WriterSession session)
    {
        var now = session.Runs.Now;
        foreach (var run in cache.Runs)
        {
            // Also tells observers, so that a run's last values are seen when it goes quiet within a second of the last row.
            session.Runs.StoreTouched(run);
            if (now - run.Touched < QuietSeconds || run.Series.Values.Any(series => series.Unsealed > 0)) continue;
            cache.Remove(run);
        }

        return true;
    }

    [LoggerMessage(1030, LogLevel.Warning, "Housekeeping did not finish; it is tried again.")]
    private partial void StepFailed(Exception failure);
}
