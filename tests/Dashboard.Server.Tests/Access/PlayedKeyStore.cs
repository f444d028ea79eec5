using Dashboard.Storage;

namespace Dashboard.Server.Tests;

/// <summary>One key in memory, which a test changes as it likes.</summary>
internal sealed class PlayedKeyStore : IApiKeyStore
{
    public ApiKeyInfo? Key { get; set; }

    public int Reads { get; private set; }

    public List<ApiKeyUse> Uses { get; } = [];

    public Task<ApiKeyInfo?> AddAsync(NewApiKey key, int limit) => throw new NotSupportedException();

    public Task<ApiKeyInfo?> FindAsync(byte[] hash, CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult(Key);
    }

    public Task<ApiKeyInfo?> FindAsync(string id, CancellationToken cancellation) => Task.FromResult(Key);

    public Task<IReadOnlyList<ApiKeyInfo>> ListAsync(string? project, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> RevokeAsync(string id) => throw new NotSupportedException();

    public Task UsedAsync(IReadOnlyCollection<ApiKeyUse> uses)
    {
        Uses.AddRange(uses);
        return Task.CompletedTask;
    }
}
