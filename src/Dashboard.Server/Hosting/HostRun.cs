using Dashboard.Storage;
using Microsoft.AspNetCore.Connections;
using Serilog.Events;

namespace Dashboard.Server;

/// <summary>Runs the server to its end.</summary>
internal static class HostRun
{
    private const string HostContext = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Runs until stopped. What keeps it from starting and a person can change is told in words instead of a stack trace.</summary>
    /// <returns>The exit code: 0, or 1 where the data folder, SQLite or the port cannot be used.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        // Asked for now: afterwards the services are gone.
        var started = app.Lifetime.ApplicationStarted;
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception failure) when (IsToldInWords(failure) && !started.IsCancellationRequested)
        {
            var wayOut = failure is IOException ? " Choose another with --port." : "";
            await Console.Error.WriteLineAsync($"Lossboard cannot start: {failure.Message}{wayOut}");
            return 1;
        }
    }

    /// <summary>Whether an entry of the log is the host's own account of a failure that <see cref="RunToEndAsync"/> tells in words.</summary>
    public static bool IsToldInWords(LogEvent entry) =>
        entry.Exception is { } failure && IsToldInWords(failure)
        && entry.Properties.TryGetValue("SourceContext", out var context) && context is ScalarValue { Value: HostContext };

    private static bool IsToldInWords(Exception failure) => failure is StoreException or IOException { InnerException: AddressInUseException };
}
