using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Says at the start of a server with accounts what its keys lie open to.</summary>
internal sealed partial class KeyWarning(IOptions<AccessOptions> options, ILogger<KeyWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.Certificate.Path))
            NotEncrypted();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2416, LogLevel.Warning,
        "The keys that seal sessions lie in the data folder's 'keys', which the server's own user alone can read, but not encrypted: a copy of the folder is enough to make a session of anybody. Access:Certificate:Path encrypts them.")]
    private partial void NotEncrypted();
}
