using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Registration of the server's own backups.</summary>
internal static class BackupServices
{
    /// <summary>Adds backups by the clock; without a folder nothing is made.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<BackupOptions>, BackupOptionsValidator>()
            .AddSingleton<BackupStatus>()
            .AddSingleton<BackupRounds>()
            .AddHostedService<BackupClock>();
    }
}
