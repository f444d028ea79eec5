using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Storage;

/// <summary>Registration of the room.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds the stores of this room, <see cref="IRunIndex"/> and <see cref="IStorageHealth"/> as
    /// singletons over one data folder, and a hosted service that opens, upgrades and drains it. An <see cref="ICommitObserver"/> that is registered hears every commit.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        // The model hangs on nothing that is registered and takes a good part of a start to build: it is made beside the rest of it.
        _ = Task.Run(StoreDatabase.BuildModel);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new StorageHealth(Path.GetFullPath(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder)));
        services.AddSingleton<IStorageHealth>(provider => provider.GetRequiredService<StorageHealth>());
        services.AddSingleton(provider => new StorageEngine(
            provider.GetRequiredService<IOptions<StorageOptions>>(),
            provider.GetRequiredService<StorageHealth>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<ICommitObserver>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<StorageEngine>());
        services.AddSingleton<IIngestStore, IngestStore>();
        services.AddSingleton<IRunStore, RunStore>();
        services.AddSingleton<IRunIndex, RunIndex>();
        services.AddSingleton<ISeriesStore, SeriesStore>();
        services.AddSingleton<IArtifactStore, ArtifactStore>();
        services.AddSingleton<IViewStore, ViewStore>();
        services.AddSingleton<ISettingsStore, SettingsStore>();
        services.AddSingleton<IJobStore, JobStore>();
        services.AddSingleton<ISourceStore, SourceStore>();
        services.AddSingleton<IAlertStore, AlertStore>();
        services.AddSingleton<IArchiveStore, ArchiveStore>();
        services.AddSingleton<IAuditStore, AuditStore>();
        services.AddSingleton<IApiKeyStore, ApiKeyStore>();
        services.AddSingleton<IShareLinkStore, ShareLinkStore>();
        services.AddSingleton<IAccountStore, AccountStore>();
        services.AddSingleton<IEndedSessionStore, EndedSessionStore>();
        services.AddSingleton<IInvitationStore, InvitationStore>();
        return services;
    }
}
