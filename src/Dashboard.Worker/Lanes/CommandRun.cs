using System.ComponentModel;
using System.Diagnostics;

namespace Dashboard.Worker;

/// <summary>Runs a small program of the system to its end.</summary>
internal static class CommandRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Its exit code and what it printed; null where there is no such program.</summary>
    public static async Task<(int Code, string Output, string Errors)?> RunAsync(StarterThread starter, string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        Process process;
        try
        {
            var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            // The worker's key is nobody else's.
            foreach (var own in info.Environment.Keys.Where(name => name.StartsWith("LOSSBOARD_", StringComparison.Ordinal)).ToList()) info.Environment.Remove(own);
            process = await starter.StartAsync(info);
        }
        catch (Win32Exception)
        {
            return null;
        }
        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                await process.WaitForExitAsync(limit.Token);
                return (process.ExitCode, await output, await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                return (-1, "", $"{program} did not end within {Limit.TotalSeconds:0} seconds.");
            }
        }
    }
}
