using Microsoft.AspNetCore.Connections;

namespace Dashboard.Server;

/// <summary>
/// Ends connections that say nothing. Kestrel gives them as long as those that rest between two requests, and while they are open they take the place of others: ten thousand of them would lock
/// everybody out for minutes.
/// </summary>
internal sealed class SilentConnections(ConnectionDelegate next, TimeSpan limit, TimeProvider clock)
{
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connection.ConnectionClosed);
        try
        {
            var first = await input.ReadAsync(either.Token);
            // Looked at, not taken: whoever comes next reads it again.
            input.AdvanceTo(first.Buffer.Start);
            if (first.IsCompleted && first.Buffer.IsEmpty)
                return;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            connection.Abort();
            return;
        }
        await next(connection);
    }
}
