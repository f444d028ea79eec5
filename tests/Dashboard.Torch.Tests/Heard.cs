namespace Dashboard.Torch.Tests;

/// <summary>Keeps what is reported, in the reporting thread and at once, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class Heard<T>(Action<T>? listener = null) : IProgress<T>
{
    public List<T> All { get; } = [];

    public void Report(T value)
    {
        All.Add(value);
        listener?.Invoke(value);
    }
}
