namespace Dashboard.Storage;

/// <summary>A change that is not a batch: runs, artifacts, sealing.</summary>
internal sealed class CommandItem<T>(Func<WriterSession, T> execute, Action<WriterSession, T>? committed = null) : WriteItem
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    protected override void Execute(WriterSession session) => _result = execute(session);

    public override void Committed(WriterSession session) => committed?.Invoke(session, _result!);

    public override void Succeed() => _done.TrySetResult(_result!);

    public override void Fail(Exception failure) => _done.TrySetException(failure);
}
