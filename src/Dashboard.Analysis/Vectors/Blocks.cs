using System.Runtime.ExceptionServices;

namespace Dashboard.Analysis;

/// <summary>Work in blocks of rows. The blocks are the same whatever number of threads takes them, so sums that are kept by block do not depend on it.</summary>
internal static class Blocks
{
    /// <summary>How many there are.</summary>
    public static int Count(int rows, int size) => (rows + size - 1) / size;

    /// <summary>Calls <paramref name="body"/> with number, first row and end of each block, in no order.</summary>
    public static void For(int rows, int size, ComputeOptions options, Action<int, int, int> body)
    {
        var count = Count(rows, size);
        if (count <= 1 || options.Threads <= 1)
        {
            for (var block = 0; block < count; block++)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                body(block, block * size, Math.Min(rows, (block + 1) * size));
            }
            return;
        }
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = options.Cancellation },
                block => body(block, block * size, Math.Min(rows, (block + 1) * size)));
        }
        catch (AggregateException faults)
        {
            // A fault is the same to the caller whether one thread or several met it.
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
    }
}
