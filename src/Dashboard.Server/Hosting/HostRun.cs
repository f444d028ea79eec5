using Dashboard.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Serilog.Events;

namespace Dashboard.Server;

/// <summary>Runs the server to its end.</summary>
internal static class HostRun
{
    private const string HostContext = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Runs until stopped. What keeps it from starting and a person can change is told in words instead of a stack trace.</summary>
    /// <returns>The exit code: 0; 1 where the data folder, SQLite or the port cannot be used; 2 where the configuration is refused.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        // Asked for now: afterwards the services are gone.
        var started = app.Lifetime.ApplicationStarted;
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException refused)
        {
            Report(refused.Failures);
        }
        catch (AggregateException several) when (several.InnerExceptions.All(one => one is OptionsValidationException))
        {
            Report(several.InnerExceptions.SelectMany(one => ((OptionsValidationException)one).Failures));
        }
        catch (Exception failure) when (IsToldInWords(failure) && !started.IsCancellationRequested)
        {
            var wayOut = failure is IOException ? " Choose another with --port." : "";
            await Console.Error.WriteLineAsync($"Lossboard cannot start: {failure.Message}{wayOut}");
            return 1;
        }
        return 2;
    }

    /// <summary>Whether an entry of the log is the host's own account of a failure that <see cref="RunToEndAsync"/> tells in words.</summary>
    public static bool IsToldInWords(LogEvent entry) =>
        entry.Exception is { } failure && (IsToldInWords(failure) || failure is OptionsValidationException)
        && entry.Properties.TryGetValue("SourceContext", out var context) && context is ScalarValue { Value: HostContext };

    private static bool IsToldInWords(Exception failure) => failure is StoreException or IOException { InnerException: AddressInUseException };

    private static void Report(IEnumerable<string> failures)
    {
        // Logging may be what could not be configured, so this goes to the terminal itself.
        Console.Error.WriteLine("Lossboard cannot start; the configuration has to change:");
        foreach (var failure in failures)
            Console.Error.WriteLine($"  {failure}");
    }
}
