using System.Collections.Concurrent;

namespace Dashboard.Server;

/// <summary>Tells what is open when the credentials behind it are withdrawn: a connection to the live hub asks for this at its start.</summary>
internal sealed class AccessChanges : IDisposable
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _open = new(StringComparer.Ordinal);

    /// <summary>Is cancelled when a credential is withdrawn or changed. A credential is <c>share:ID</c>, <c>key:ID</c>, <c>account:ID</c> or <c>session:ID</c>.</summary>
    public CancellationToken Of(string credential) => _open.GetOrAdd(credential, _ => new CancellationTokenSource()).Token;

    /// <summary>Closes what a credential opened; one that is used again afterwards is judged anew.</summary>
    public void Withdraw(string credential)
    {
        // Not disposed of: somebody may just have been handed its token. Without a timer it holds nothing.
        if (_open.TryRemove(credential, out var source))
            source.Cancel();
    }

    public void Dispose()
    {
        foreach (var source in _open.Values)
            source.Dispose();
    }
}
