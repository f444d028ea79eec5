using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Dashboard.Worker;

/// <summary>The process that asks for jobs.</summary>
internal static partial class WorkerProgram
{
    // What is not over by then is not waited for.
    private static readonly TimeSpan ForStopping = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            await Console.Out.WriteLineAsync(WorkerOptionsReader.Help);
            return 0;
        }
        var (options, failures) = new WorkerOptionsReader(Environment.GetEnvironmentVariable).Read(args);
        if (options is null)
        {
            foreach (var failure in failures) await Console.Error.WriteLineAsync(failure);
            return 2;
        }
        using var loggers = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp, console.ColorBehavior) = (true, "HH:mm:ss ", true, LoggerColorBehavior.Disabled))
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var logger = loggers.CreateLogger("Dashboard.Worker");
        if (options.KeyIsVisible) LogVisibleKey(logger);
        using var stopping = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var parent = options.Parent is { } id ? WatchAsync(id) : Task.CompletedTask;
        using var http = WorkerApi.CreateClient(options.Server, options.Key);
        var host = new WorkerHost(options, new WorkerApi(http, TimeProvider.System), TimeProvider.System, loggers).RunAsync(stopping.Token);
        try
        {
            await Task.WhenAny(host, Stopped(stopping.Token));
            await host.WaitAsync(ForStopping, TimeProvider.System);
            return 0;
        }
        catch (TimeoutException)
        {
            LogSlow(logger);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogScratch(logger, options.Scratch, e.Message);
            return 1;
        }
        finally
        {
            await stopping.CancelAsync();
            await parent;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopping.Cancel();
        }

        async Task WatchAsync(int id)
        {
            try
            {
                await ParentWatch.WaitAsync(id, TimeProvider.System, stopping.Token);
                LogOrphan(logger, id);
                await stopping.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                // Stopping anyway.
            }
        }
    }

    private static Task Stopped(CancellationToken token)
    {
        var stopped = new TaskCompletionSource();
        token.Register(stopped.SetResult);
        return stopped.Task;
    }

    [LoggerMessage(5005, LogLevel.Warning, "Not everything ended within five seconds; it is left.")]
    private static partial void LogSlow(ILogger logger);

    [LoggerMessage(5006, LogLevel.Error, "The scratch folder {Folder} cannot be used: {Reason}")]
    private static partial void LogScratch(ILogger logger, string folder, string reason);

    [LoggerMessage(5009, LogLevel.Warning, "The key stands on the command line, which all users of this machine can read. Put it into LOSSBOARD_WORKER_KEY, or into a file that --key-file names.")]
    private static partial void LogVisibleKey(ILogger logger);

    [LoggerMessage(5007, LogLevel.Warning, "Process {Parent}, without which this worker does not run, is gone.")]
    private static partial void LogOrphan(ILogger logger, int parent);
}
