using System.Runtime.ExceptionServices;

namespace Dashboard.Torch;

/// <summary>Work with a model on several cores: a clone and a thread for each.</summary>
public static class ModelThreads
{
    // Scripted modules may nest deeper than the default stack of a thread made by the runtime; a main thread has as much.
    private const int StackBytes = 8 << 20;

    /// <summary>Runs the work once on each thread, with a clone of its own, and blocks until all have ended.</summary>
    /// <param name="model">Cloned, and not moved itself.</param>
    /// <param name="threads">How many; one for a GPU.</param>
    /// <param name="work">Gets the clone and the number of its thread.</param>
    /// <param name="failed">Called when some thread has failed, so that the others can be stopped.</param>
    /// <exception cref="Exception">What the first thread that failed threw; the others are only stopped by it.</exception>
    public static void Run(ITorchModel model, int threads, Action<ITorchModel, int> work, Action failed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(failed);
        var started = new List<Thread>();
        var clones = new List<ITorchModel>();
        Exception? failure = null;
        try
        {
            // One after the other: cloning touches the original for a moment.
            for (var i = 0; i < threads; i++) clones.Add(model.Clone());
            for (var i = 0; i < threads; i++)
            {
                var number = i;
                var thread = new Thread(() => Try(number), StackBytes) { IsBackground = true, Name = "model" };
                started.Add(thread);
                thread.Start();
            }
        }
        finally
        {
            foreach (var thread in started) thread.Join();
            foreach (var clone in clones) clone.Dispose();
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);

        void Try(int number)
        {
            try
            {
                work(clones[number], number);
            }
#pragma warning disable CA1031 // An exception must not leave the thread; the caller throws it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, e, null);
                failed();
            }
        }
    }
}
