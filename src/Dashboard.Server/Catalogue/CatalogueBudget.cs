namespace Dashboard.Server;

/// <summary>How much memory catalogues hold together.</summary>
internal sealed class CatalogueBudget(long limit)
{
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>True while there is room.</summary>
    public bool HasRoom => Held < limit;

    public void Add(long bytes) => Interlocked.Add(ref _held, bytes);
}
