using Dashboard.Contracts;
using System.Threading.Channels;

namespace Dashboard.Worker;

/// <summary>One task of one engine, from the task's message to its end, whichever it is.</summary>
internal sealed class EngineRun(EngineProcess engine, TimeSpan stall, TimeSpan longest, TimeProvider time, Action<EngineMessage> hear)
{
    // From the word to the axe: micro-batches are shorter, and a person waits.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan ForLastWords = TimeSpan.FromSeconds(2);

    // What dies of memory says one of these on its way.
    private static readonly string[] MemoryWords = ["std::bad_alloc", "Out of memory", "OutOfMemory", "cannot allocate memory", "GC heap"];

    private const int Killed = 128 + 9;
    private const int UsedItsTime = 128 + 24;
    private const int WroteAFile = 128 + 25;

    /// <summary>Runs it. A cancellation stops the engine: with a word first, then at once; the outcome then has neither result nor error.</summary>
    public async Task<EngineOutcome> RunAsync(EngineTask task, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        try
        {
            await engine.SendAsync(new EngineMessage { Type = EngineMessages.Task, Task = task });
            while (true)
            {
                // Whatever it says on the way, it ends.
                var left = longest - time.GetElapsedTime(began);
                if (left <= TimeSpan.Zero) throw new TimeoutException();
                var message = await engine.Messages.ReadAsync(cancellation).AsTask().WaitAsync(left < stall ? left : stall, time, cancellation);
                if (Ended(message) is { } outcome) return outcome;
                hear(message);
            }
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            return new EngineOutcome();
        }
        catch (TimeoutException)
        {
            await engine.StopAsync();
            if (time.GetElapsedTime(began) >= longest) return TooLong();
            return new EngineOutcome(null, JobErrors.TimeLimit,
                $"Nothing was computed for {stall.TotalSeconds:0} seconds, so the computation was stopped: the module does not return, or one step of it takes longer. A worker with a larger --stall-seconds waits longer.");
        }
        catch (ChannelClosedException e)
        {
            return e.InnerException is InvalidDataException fault
                ? new EngineOutcome(null, JobErrors.EngineDied, $"The engine said something that makes no sense: {fault.Message}")
                : await DiedAsync();
        }
    }

    private EngineOutcome TooLong() => new(null, JobErrors.TimeLimit,
        $"The computation took the {longest.TotalSeconds:0} seconds that a job may take, and was stopped. A worker with a larger --limit-seconds allows more; a smaller grid or fewer samples need less.");

    private static EngineOutcome? Ended(EngineMessage message) => message.Type switch
    {
        EngineMessages.Result when message.Result is { } result => new EngineOutcome(result),
        EngineMessages.Error => new EngineOutcome(null, Known(message.Code), message.Text ?? "The engine gave no reason."),
        EngineMessages.Cancelled => new EngineOutcome(),
        _ => null,
    };

    private static string Known(string? code) => code is JobErrors.BadInput or JobErrors.OutOfMemory or JobErrors.EngineFailed ? code : JobErrors.EngineFailed;

    /// <summary>Asks, hears what was finished meanwhile, then insists.</summary>
    private async Task StopAsync()
    {
        using var grace = new CancellationTokenSource(Grace, time);
        try
        {
            await engine.SendAsync(new EngineMessage { Type = EngineMessages.Cancel }).WaitAsync(grace.Token);
            while (true)
            {
                var message = await engine.Messages.ReadAsync(grace.Token);
                if (Ended(message) is not null) break;
                hear(message);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // It had its time.
        }
        await engine.StopAsync();
    }

    private async Task<EngineOutcome> DiedAsync()
    {
        await engine.EndedAsync(ForLastWords, time);
        var code = engine.ExitCode;
        var lines = engine.Errors();
        var words = string.Join("\n", lines.TakeLast(8));
        var limit = $"{engine.Start.MemoryBytes / (1 << 20)} MiB";
        if (code == UsedItsTime) return TooLong();
        if (code == WroteAFile)
            return new EngineOutcome(null, JobErrors.BadInput, "model: the module tried to write a file, which models here cannot.");
        if (lines.Any(line => MemoryWords.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))))
            return new EngineOutcome(null, JobErrors.OutOfMemory, $"The computation needed more memory than the {limit} that an engine has. A worker with a larger --memory allows more; a smaller batch_size needs less.");
        if (code == Killed)
            return new EngineOutcome(null, JobErrors.OutOfMemory, $"The system killed the engine, as it does when the machine runs out of memory; its own limit was {limit}. A worker with a smaller --memory stops earlier and says so.");
        return new EngineOutcome(null, JobErrors.EngineDied, words.Length > 0 ? $"The engine died ({Exit(code)}): {words}" : $"The engine died ({Exit(code)}) and said nothing.");
    }

    private static string Exit(int? code) => code switch
    {
        null => "not ended",
        139 => "a crash, SIGSEGV",
        134 => "it gave up, SIGABRT",
        > 128 => $"signal {code - 128}",
        _ => $"exit code {code}",
    };
}
