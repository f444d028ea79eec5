using System.Text.Json;
using Dashboard.Contracts;
using Microsoft.Extensions.Logging;

namespace Dashboard.Worker;

/// <summary>One job from its lease to its end.</summary>
internal sealed partial class JobRunner(WorkerApi api, JobInputs inputs, WorkerOptions options, TimeProvider time, ILogger<JobRunner> logger)
{
    // A worker that stops has five seconds for everything.
    private static readonly TimeSpan ForGivingBack = TimeSpan.FromSeconds(3);

    /// <summary>Computes it with an engine, which can be used for nothing else afterwards.</summary>
    /// <param name="lease">The job.</param>
    /// <param name="lane">What computes it.</param>
    /// <param name="engine">One that is ready.</param>
    /// <param name="stopping">The worker stops: the job is given back.</param>
    public async Task RunAsync(Lease lease, LaneSetup lane, EngineProcess engine, CancellationToken stopping)
    {
        LogTaken(logger, lease.Job.Id, lease.Job.Kind, lane.Name);
        using var reporter = new JobReporter(api, lease, lane.Name, time, logger);
        reporter.Log($"{lease.Job.Worker} computes it on {lane.Name}, {engine.Walls}.");
        using var over = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, reporter.Lost);
        var reporting = Quietly(reporter.RunAsync(over.Token));
        var watching = Quietly(reporter.WatchAsync(over.Token));
        JobEnd end;
        try
        {
            end = await ComputeAsync(lease, lane, engine, reporter, stop.Token);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(reporting, watching);
        }
        if (reporter.Lost.IsCancellationRequested)
        {
            LogLost(logger, lease.Job.Id);
            return;
        }
        await FinishAsync(lease, reporter, end with { Token = lease.Token, Backend = lane.Name });
    }

    private async Task<JobEnd> ComputeAsync(Lease lease, LaneSetup lane, EngineProcess engine, JobReporter reporter, CancellationToken stop)
    {
        var assembly = new LandscapeAssembly();
        var samples = lease.Job.Kind == JobKinds.MonteCarlo ? new MonteCarloAssembly(MonteCarloJob.Count(lease.Job.Spec)) : null;
        FeatureFile? features = null;
        try
        {
            var task = await PrepareAsync(lease.Job, lane, engine, reporter, assembly, samples, stop);
            var resumed = assembly.Plan is not null;
            if (lease.Job.Kind == JobKinds.Projection && lease.Job.Spec.Deserialize(ContractsJson.Default.ProjectionSpec)!.Features is { } spec)
                features = new FeatureFile(spec, engine.Start.Inputs, task.Batch!, lane.MemoryBytes);
            var projection = lease.Job.Kind == JobKinds.Projection ? new ProjectionAssembly(features) : null;
            var run = new EngineRun(engine, options.Stall, options.Longest, time, message => Hear(message, reporter, Parts(), projection));
            var outcome = await run.RunAsync(task, stop);
            if (outcome.Error is not null)
            {
                var errors = outcome.Code == JobErrors.EngineDied ? engine.Errors() : [];
                return new JobEnd { Error = outcome.Error, ErrorCode = outcome.Code, Log = [.. errors.Select(line => new JobLogLine(Now(), line))] };
            }
            if (outcome.Result is not { } result) return new JobEnd { GivenBack = true };
            if (projection is not null)
                return new JobEnd { Result = projection.Result(result, features is null ? null : await StoreAsync(lease.Job, features, reporter, stop)) };
            return new JobEnd { Result = Whole(lease.Job, lane, result, assembly, resumed) };

            IPartAssembly Parts() => projection ?? samples ?? (lease.Job.Kind == JobKinds.Landscape ? assembly : new NoParts() as IPartAssembly);
        }
        catch (OperationCanceledException)
        {
            return new JobEnd { GivenBack = true };
        }
        catch (LeaseLostException)
        {
            reporter.LeaseIsLost();
            return new JobEnd { GivenBack = true };
        }
        catch (JobInputException e)
        {
            return new JobEnd { Error = e.Message, ErrorCode = JobErrors.BadInput };
        }
        catch (ServerRefusedException e)
        {
            return new JobEnd { Error = $"The server refuses: {e.Message}", ErrorCode = JobErrors.EngineFailed };
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return new JobEnd { Error = e.Message, ErrorCode = JobErrors.EngineDied };
        }
        catch (IOException e)
        {
            // A full disk is this machine's trouble: another worker may have room.
            LogScratch(logger, lease.Job.Id, e.Message);
            return new JobEnd { Error = $"The worker's scratch folder: {e.Message}", ErrorCode = JobErrors.EngineFailed };
        }
        finally
        {
            features?.Dispose();
            await engine.StopAsync();
        }
    }

    /// <summary>Stores features, for as long as the lease lives.</summary>
    private async Task<TensorReference> StoreAsync(JobView job, FeatureFile features, JobReporter reporter, CancellationToken stop)
    {
        var backoff = new Backoff(time, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        while (true)
        {
            try
            {
                reporter.Progress(null, "Storing the features", null);
                return await features.StoreAsync(api, stop);
            }
            catch (ServerAwayException e)
            {
                LogAway(logger, job.Id, e.Message);
                await backoff.WaitAsync(stop);
            }
        }
    }

    private async Task<EngineTask> PrepareAsync(JobView job, LaneSetup lane, EngineProcess engine, JobReporter reporter, LandscapeAssembly assembly, MonteCarloAssembly? samples, CancellationToken stop)
    {
        var backoff = new Backoff(time, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        while (true)
        {
            try
            {
                if (job.Kind == JobKinds.Landscape && assembly.Plan is null)
                {
                    foreach (var part in await api.PartsAsync(job.Id, stop)) assembly.Add(part);
                }
                // A chain begins anew: what is stored of it cannot be gone on from.
                if (samples is not null && MonteCarloJob.Resumes(job.Spec))
                {
                    foreach (var part in await api.PartsAsync(job.Id, stop)) samples.Add(part);
                }
                var task = await inputs.FetchAsync(job, engine.Start.Inputs, text => reporter.Progress(null, text, null), stop);
                engine.ShowInputs();
                return task with
                {
                    Folder = engine.InputsSeen,
                    Device = lane.Device,
                    Lane = lane.Name,
                    Cores = lane.Cores,
                    MemoryBytes = lane.MemoryBytes,
                    Plan = assembly.Plan,
                    Done = assembly.Done,
                    Samples = samples?.Parts ?? [],
                    // The pictures of an earlier lease stay until these have replaced them.
                    FirstFrame = job.Kind == JobKinds.Projection ? await api.LastPartAsync(job.Id, stop) is { } last ? last.Index + 1 : 0 : 0,
                };
            }
            catch (ServerAwayException e)
            {
                LogAway(logger, job.Id, e.Message);
                await backoff.WaitAsync(stop);
            }
        }
    }

    private static void Hear(EngineMessage message, JobReporter reporter, IPartAssembly parts, ProjectionAssembly? projection)
    {
        switch (message.Type)
        {
            case EngineMessages.Part when message.Part is { } part:
                reporter.Part(parts.Add(part));
                break;
            case EngineMessages.Block when message.Block is { } block && projection is not null:
                projection.Take(block);
                break;
            case EngineMessages.Progress:
                reporter.Progress(message.Progress is { } share ? Math.Clamp(share, 0, 1) : null, message.Text, message.SecondsLeft is >= 0 and < double.PositiveInfinity ? message.SecondsLeft : null);
                break;
            case EngineMessages.Note when message.Text is { } text:
                reporter.Log(text);
                break;
        }
    }

    private static JsonElement Whole(JobView job, LaneSetup lane, JsonElement result, LandscapeAssembly assembly, bool resumed)
    {
        if (job.Kind != JobKinds.Landscape) return ResultCheck.Read(job.Kind, result);
        var summary = result.Deserialize(WorkerJson.Default.LandscapeSummary) ?? throw new InvalidDataException("The engine's summary is empty.");
        var mixed = resumed && job.Backend is not null && job.Backend != lane.Name ? $"Begun on {job.Backend} and finished on {lane.Name}: their losses differ by rounding." : null;
        return assembly.Result(summary, mixed);
    }

    /// <summary>Ends the job at the server, for as long as the lease may live.</summary>
    private async Task FinishAsync(Lease lease, JobReporter reporter, JobEnd end)
    {
        using var limit = new CancellationTokenSource(end.GivenBack == true ? ForGivingBack : TimeSpan.FromSeconds(Math.Max(30, 2 * reporter.LeaseSeconds)), time);
        var backoff = new Backoff(time, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        if (end.Result is not null) end = end with { Log = [.. reporter.TakeLines(), .. end.Log ?? []] };
        while (true)
        {
            try
            {
                // A result has everything but the last lines, which go with it; what is tried again wants its tiles.
                if (end.Result is null) await reporter.FlushAsync(limit.Token);
                await api.FinishAsync(lease.Job.Id, end, limit.Token);
                LogEnded(logger, lease.Job.Id, end.Result is not null ? "done" : end.GivenBack == true ? "given back" : end.ErrorCode!);
                return;
            }
            catch (ServerAwayException e)
            {
                LogAway(logger, lease.Job.Id, e.Message);
                if (!await WaitedAsync(backoff, limit.Token)) return;
            }
            catch (LeaseLostException)
            {
                LogLost(logger, lease.Job.Id);
                return;
            }
            catch (ServerRefusedException e) when (end.Result is not null)
            {
                end = new JobEnd { Token = end.Token, Backend = end.Backend, Error = $"The server refuses the result: {e.Message}", ErrorCode = JobErrors.EngineFailed };
            }
            catch (Exception e) when (e is ServerRefusedException or OperationCanceledException)
            {
                LogUnsaid(logger, lease.Job.Id, e.Message);
                return;
            }
        }
    }

    private static async Task<bool> WaitedAsync(Backoff backoff, CancellationToken limit)
    {
        try
        {
            await backoff.WaitAsync(limit);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
    }

    private double Now() => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    [LoggerMessage(5010, LogLevel.Information, "Job {Job} ({Kind}) on {Lane}.")]
    private static partial void LogTaken(ILogger logger, string job, string kind, string lane);

    [LoggerMessage(5011, LogLevel.Information, "Job {Job}: {End}.")]
    private static partial void LogEnded(ILogger logger, string job, string end);

    [LoggerMessage(5012, LogLevel.Information, "Job {Job}: the lease is lost (cancelled, or another worker has it).")]
    private static partial void LogLost(ILogger logger, string job);

    [LoggerMessage(5013, LogLevel.Warning, "Job {Job}: the server cannot be reached ({Reason}); it is tried again.")]
    private static partial void LogAway(ILogger logger, string job, string reason);

    [LoggerMessage(5014, LogLevel.Error, "Job {Job}: its end could not be told to the server ({Reason}).")]
    private static partial void LogUnsaid(ILogger logger, string job, string reason);

    [LoggerMessage(5015, LogLevel.Error, "Job {Job}: the scratch folder cannot be used ({Reason}).")]
    private static partial void LogScratch(ILogger logger, string job, string reason);
}
