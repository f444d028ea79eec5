using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Checks the configuration before anything is made from it: building the host already asks for some options, and would name only the first that is wrong.</summary>
internal static class OptionsCheck
{
    /// <summary>Exit code of a server whose configuration is refused.</summary>
    public const int Refused = 2;

    /// <summary>Whether all options are valid. What is wrong is listed in full, one line a key, instead of a stack trace.</summary>
    public static bool HasValidOptions(this WebApplicationBuilder builder)
    {
        var failures = Failures(builder.Configuration);
        if (failures.Count == 0)
            return true;
        // Logging may be what could not be configured, so this goes to the terminal itself.
        Console.Error.WriteLine("Lossboard cannot start; the configuration has to change:");
        foreach (var failure in failures)
            Console.Error.WriteLine($"  {failure}");
        return false;
    }

    private static List<string> Failures(IConfiguration configuration) =>
    [
        .. Failures(new ServerOptionsValidator(configuration), configuration, ServerOptions.Section),
        .. Failures(new AccessOptionsValidator(configuration), configuration, AccessOptions.Section),
        .. Failures(new StorageOptionsValidator(), configuration, StorageOptions.Section),
        .. Failures(new WorkerOptionsValidator(), configuration, WorkerOptions.Section),
        .. Failures(new AlertOptionsValidator(), configuration, AlertOptions.Section),
        .. Failures(new BackupOptionsValidator(configuration), configuration, BackupOptions.Section),
        .. Failures(new LimitsValidator(), configuration, LimitsServices.Section),
    ];

    private static IEnumerable<string> Failures<T>(IValidateOptions<T> validator, IConfiguration configuration, string section)
        where T : class, new()
    {
        try
        {
            return validator.Validate(null, configuration.GetSection(section).Get<T>() ?? new T()).Failures ?? [];
        }
        catch (InvalidOperationException notConverted)
        {
            // Names the key and the value.
            return [notConverted.Message];
        }
    }
}
