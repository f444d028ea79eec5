using Dashboard.Contracts;
using Microsoft.Extensions.Logging;

namespace Dashboard.Worker;

/// <summary>Asks for jobs and computes them, one at a time; while it waits, an engine stands ready, so that a job begins at once.</summary>
internal sealed partial class Lane(LaneSetup setup, LaneIdentity identity, EngineFactory engines, WorkerApi api, JobRunner runner, TimeProvider time, ILogger<Lane> logger)
{
    private const double WaitSeconds = 20;

    // Without libtorch it is also looked whether that has come.
    private const double WaitSecondsWithoutTorch = 2;

    private readonly Backoff _backoff = new(time, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(15));

    // Where the key is refused a person has to act: there is no hurry.
    private readonly Backoff _denied = new(time, TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10));
    private string? _said;
    private string? _refused;

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="first">An engine that is ready already.</param>
    /// <param name="untilTorch">Also ends when libtorch, which was missing, is there: more lanes may be possible then.</param>
    /// <param name="stopping">Gives the job at hand back.</param>
    public async Task RunAsync(StartedEngine? first, bool untilTorch, CancellationToken stopping)
    {
        var spare = first;
        var looking = new Looking(time);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (spare?.Engine is not { Alive: true })
                {
                    if (spare?.Engine is { } dead) await dead.DisposeAsync();
                    spare = null;
                    spare = await engines.StartAsync(setup.Gpu, setup.MemoryBytes, stopping);
                    looking = new Looking(time);
                    Say(spare);
                    if (untilTorch && spare.HasTorch) return;
                }
                var lease = await LeaseAsync(spare, stopping);
                if (spare.Engine is null)
                {
                    await Looking.WaitAsync(time, stopping);
                    continue;
                }
                if (lease is null)
                {
                    if (!spare.HasTorch && looking.Due())
                    {
                        await spare.Engine.DisposeAsync();
                        spare = null;
                    }
                    continue;
                }
                var engine = spare.Engine;
                if (!engine.Alive)
                {
                    // It died while it waited, of nothing that this job has done.
                    await engine.DisposeAsync();
                    spare = await engines.StartAsync(setup.Gpu, setup.MemoryBytes, stopping);
                    // A lease that nobody reports on goes back to the queue.
                    if (spare.Engine is null) continue;
                    engine = spare.Engine;
                }
                await using (engine) await runner.RunAsync(lease, setup, engine, stopping);
                spare = null;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to.
        }
        finally
        {
            if (spare?.Engine is { } engine) await engine.DisposeAsync();
        }
    }

    /// <summary>Asks once; waits a little where the server cannot be asked.</summary>
    private async Task<Lease?> LeaseAsync(StartedEngine spare, CancellationToken stopping)
    {
        var request = identity.Request(setup.Name, spare) with { WaitSeconds = spare.Engine is null ? 0 : spare.HasTorch ? WaitSeconds : WaitSecondsWithoutTorch };
        try
        {
            var asked = time.GetTimestamp();
            var lease = await api.LeaseAsync(request, stopping);
            if (lease is not null || spare.Engine is null || time.GetElapsedTime(asked) > TimeSpan.FromSeconds(1)) _backoff.Reset();
            // A server that does not hold the request is not asked in a circle.
            else await _backoff.WaitAsync(stopping);
            _denied.Reset();
            _refused = null;
            return lease;
        }
        catch (ServerRefusedException e) when (e.Status is 401 or 403)
        {
            // Said once: it stays true until somebody acts.
            if (_refused != e.Message) LogRefused(logger, setup.Name, e.Message);
            _refused = e.Message;
            await _denied.WaitAsync(stopping);
            return null;
        }
        catch (Exception e) when (e is ServerAwayException or ServerRefusedException or LeaseLostException)
        {
            LogAway(logger, setup.Name, e.Message);
            await _backoff.WaitAsync(stopping);
            return null;
        }
    }

    private void Say(StartedEngine started)
    {
        if (started.Problem == _said) return;
        _said = started.Problem;
        if (started.Engine is null) LogMissing(logger, setup.Name, started.Problem!);
        else if (!started.HasTorch) LogWithoutTorch(logger, setup.Name, started.Problem!);
    }

    [LoggerMessage(5000, LogLevel.Warning, "{Lane}: the server cannot be asked for jobs: {Reason}")]
    private static partial void LogAway(ILogger logger, string lane, string reason);

    [LoggerMessage(5030, LogLevel.Error, "{Lane}: {Reason} It is asked again, less and less often.")]
    private static partial void LogRefused(ILogger logger, string lane, string reason);

    [LoggerMessage(5008, LogLevel.Warning, "{Lane}: {Problem}")]
    private static partial void LogWithoutTorch(ILogger logger, string lane, string problem);

    [LoggerMessage(5001, LogLevel.Error, "{Lane}: nothing can be computed. {Problem}")]
    private static partial void LogMissing(ILogger logger, string lane, string problem);
}
