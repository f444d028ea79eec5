using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Samples that go through the module at once: halved where memory does not suffice, and that is told.</summary>
internal sealed class BatchSize
{
    // The interface's default.
    private const int Usual = 256;

    // A GPU is idle between kernels that are this small; what does not fit is halved.
    private const int UsualOnGpu = 8192;

    private readonly Lock _gate = new();
    private readonly Action<string> _note;

    public BatchSize(int? asked, string device, Action<string> note)
    {
        if (asked is < 1) throw new TorchInputException($"batch_size: {asked} is not a positive number of samples.");
        (Current, _note) = (asked ?? (device == "cpu" ? Usual : UsualOnGpu), note);
    }

    public int Current { get; private set; }

    /// <summary>Computes with the size at hand, then with half of it, until it fits.</summary>
    /// <exception cref="TorchOutOfMemoryException">One sample is too much.</exception>
    public T Fit<T>(Func<int, T> compute)
    {
        while (true)
        {
            var size = Current;
            try
            {
                return compute(size);
            }
            catch (TorchOutOfMemoryException) when (size > 1)
            {
                lock (_gate)
                {
                    // Another thread may have halved it meanwhile.
                    if (Current < size) continue;
                    _note($"Memory did not suffice for {size} samples at once; going on with {size / 2}.");
                    Current = size / 2;
                }
            }
        }
    }

    /// <summary>Takes over what a computation that halves by itself ended with.</summary>
    public void Lower(int size) => Current = Math.Min(Current, size);
}
