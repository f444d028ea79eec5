namespace Dashboard.Storage;

/// <summary>Batches, to the writer that is open.</summary>
internal sealed class IngestStore(StorageEngine engine) : IIngestStore
{
    public Task<IngestReceipt> AppendAsync(IngestBatch batch, CancellationToken cancellation) => engine.Writer.AppendAsync(batch, cancellation);

    public bool IsBusy => engine.Writer.IsBusy;

    public IDisposable Enter() => engine.Writer.Enter();
}
