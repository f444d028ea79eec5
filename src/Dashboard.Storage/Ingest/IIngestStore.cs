namespace Dashboard.Storage;

/// <summary>Takes batches in and answers when they are durable.</summary>
public interface IIngestStore
{
    /// <summary>Stores a batch. The task ends after the commit that holds it has reached the disk.</summary>
    /// <exception cref="StoreBusyException">The bounded queue is full; nothing was stored, try again after the time it names.</exception>
    /// <exception cref="StoreFullException">The disk is full; nothing was stored.</exception>
    /// <exception cref="IdempotencyKeyReusedException">The key was used with another body; nothing was stored.</exception>
    /// <exception cref="StoreStoppedException">The store is stopping; nothing was stored.</exception>
    Task<IngestReceipt> AppendAsync(IngestBatch batch, CancellationToken cancellation);

    /// <summary>Whether <see cref="AppendAsync"/> would refuse any batch just now.</summary>
    bool IsBusy { get; }

    /// <summary>Takes a place for a batch before it is read, so that none is read and decoded in vain; left when disposed of, once the batch is handed over.</summary>
    /// <exception cref="StoreBusyException">The bounded queue is full, counting the places that are taken.</exception>
    IDisposable Enter();
}
