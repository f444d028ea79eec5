namespace Dashboard.Worker;

/// <summary>Hears progress on the thread that makes it; the framework's own posts it elsewhere, where it arrives out of order.</summary>
internal sealed class Heard<T>(Action<T> hear) : IProgress<T>
{
    public void Report(T value) => hear(value);
}
