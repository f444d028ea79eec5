using System.Diagnostics;

namespace Dashboard.Torch.Tests;

/// <summary>Runs a script that lies beside the tests with the system's Python, which has torch and scikit-learn; for every project whose tests need models or known data.</summary>
internal static class PythonScript
{
    // Takes some seconds on an idle machine; the limit is for a busy one.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, script), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var python = Process.Start(start) ?? throw new InvalidOperationException("/usr/bin/python3 cannot be started: apt-get install python3-torch python3-sklearn.");
        using var limit = new CancellationTokenSource(Limit);
        var output = python.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = python.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await python.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            python.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{script} took longer than {Limit}.");
        }
        await output;
        if (python.ExitCode != 0) throw new InvalidOperationException($"{script} failed (it needs Debian's python3-numpy, and python3-torch or python3-sklearn): {await errors}");
    }
}
