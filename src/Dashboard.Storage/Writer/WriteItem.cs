namespace Dashboard.Storage;

/// <summary>
/// Something for the writer's thread. <see cref="Execute"/> runs inside the group's transaction, <see cref="Committed"/> after it is durable, both in the order
/// the items came; then <see cref="Succeed"/> or <see cref="Fail"/> answers whoever waits.
/// </summary>
internal abstract class WriteItem
{
    /// <summary>What the item holds of the queue's byte cap.</summary>
    public virtual long Bytes => 0;

    /// <summary>Set where the item refused itself; the rest of its group goes on.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>Writes. A <see cref="StoreException"/> or <see cref="ArgumentException"/> refuses this item alone and must come before its first write.</summary>
    protected abstract void Execute(WriterSession session);

    /// <summary>Brings memory up to date and tells observers.</summary>
    public virtual void Committed(WriterSession session)
    {
    }

    public abstract void Succeed();

    public abstract void Fail(Exception failure);

    public void Run(WriterSession session)
    {
        try
        {
            Execute(session);
        }
        catch (Exception refusal) when (refusal is StoreException or ArgumentException)
        {
            Refusal = refusal;
        }
    }
}
