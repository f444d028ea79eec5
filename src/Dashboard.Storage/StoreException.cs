namespace Dashboard.Storage;

/// <summary>A refusal of the store that its caller is expected to pass on.</summary>
public abstract class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The bounded queue of batches is full.</summary>
public sealed class StoreBusyException(TimeSpan retryAfter) : StoreException("The write queue is full.")
{
    /// <summary>After <see cref="Usual"/>.</summary>
    public StoreBusyException()
        : this(Usual)
    {
    }

    /// <summary>When a full queue has room again, as a rule.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromSeconds(1);

    /// <summary>When another try has a chance.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The disk has no room for the write. Reads go on, and writes resume by themselves when space returns.</summary>
public sealed class StoreFullException(Exception? inner = null) : StoreException("The disk that holds the data folder is full.", inner);

/// <summary>An idempotency key came back with another body.</summary>
public sealed class IdempotencyKeyReusedException() : StoreException("The idempotency key was used with another body.");

/// <summary>The store is stopping or has failed for good; the process must be restarted.</summary>
public sealed class StoreStoppedException(string message = "The store is stopping.", Exception? inner = null) : StoreException(message, inner);

/// <summary>A run name in the project is taken.</summary>
public sealed class RunNameTakenException(string name) : StoreException($"The project has a run named '{name}' already.");

/// <summary>There is a project of this name.</summary>
public sealed class ProjectNameTakenException(string name) : StoreException($"There is a project named '{name}' already.");

/// <summary>A run is no longer what an edit of it began from.</summary>
public sealed class RunChangedException(string field) : StoreException($"The run's {field} changed meanwhile.")
{
    /// <summary>The field that differs.</summary>
    public string Field { get; } = field;
}

/// <summary>A saved view is no longer at the version that a change was made from.</summary>
public sealed class ViewChangedException() : StoreException("The saved view changed meanwhile.");

/// <summary>A setting is no longer at the revision that a change was made from.</summary>
public sealed class SettingChangedException() : StoreException("The setting changed meanwhile.");

/// <summary>A project holds as many saved views as it may.</summary>
public sealed class TooManyViewsException(int limit) : StoreException($"The project holds {limit} saved views already.");

/// <summary>A project has as many jobs that wait or run as it may.</summary>
public sealed class TooManyJobsException(int limit) : StoreException($"The project has {limit} jobs that wait or run already.");

/// <summary>A worker's lease is not the newest of its job, or the job does not run any more.</summary>
public sealed class LeaseLostException() : StoreException("The lease of the job is lost.");

/// <summary>There are as many keys as there may be.</summary>
public sealed class TooManyKeysException(int limit) : StoreException($"There are {limit} keys already.");

/// <summary>Another account has the name.</summary>
public sealed class AccountNameTakenException() : StoreException("Another account has this name.");

/// <summary>A change would leave the server without an owner.</summary>
public sealed class LastOwnerException() : StoreException("This is the last account that owns the server.");
