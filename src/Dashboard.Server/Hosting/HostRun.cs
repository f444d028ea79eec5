using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Runs the server to its end.</summary>
internal static class HostRun
{
    /// <summary>Runs until stopped. What is wrong with the configuration is listed in full, one line a key, instead of a stack trace.</summary>
    /// <returns>The exit code: 0, or 2 where the configuration is refused.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
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
        return 2;
    }

    private static void Report(IEnumerable<string> failures)
    {
        // Logging may be what could not be configured, so this goes to the terminal itself.
        Console.Error.WriteLine("Lossboard cannot start; the configuration has to change:");
        foreach (var failure in failures)
            Console.Error.WriteLine($"  {failure}");
    }
}
