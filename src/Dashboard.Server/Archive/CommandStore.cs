using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>The store of a data folder that no server uses, opened for one command.</summary>
internal sealed class CommandStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _started = [];

    private CommandStore(ServiceProvider services) => _services = services;

    /// <summary>Opens it, upgraded where an earlier version wrote it.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="mayBeNew">Whether it is made where it does not exist.</param>
    /// <exception cref="CommandException">There is none.</exception>
    /// <exception cref="StoreException">A server uses it, or it cannot be used.</exception>
    public static async Task<CommandStore> OpenAsync(string folder, bool mayBeNew)
    {
        if (!mayBeNew && !File.Exists(Path.Combine(folder, "lossboard.db")))
            throw new CommandException($"'{folder}' is no data folder: it holds no lossboard.db.");
        // The same limits as a server that is started here.
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddLimits();
        services.AddSingleton(Options.Create(new StorageOptions { DataFolder = folder }));
        services.AddStorage();
        services.AddSingleton<ProjectExport>();
        services.AddSingleton<ProjectImport>();
        var store = new CommandStore(services.BuildServiceProvider());
        try
        {
            foreach (var service in store._services.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
                store._started.Add(service);
            }
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>One of its services.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _started)
            await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
