using System.Runtime.ExceptionServices;

namespace Dashboard.Analysis;

/// <summary>
/// Threads that stay, for work in phases of less than a millisecond. Who does which item is a matter of luck, so an item writes only what is its own,
/// and results do not depend on the number of threads.
/// </summary>
internal sealed class PhaseTeam : IDisposable
{
    // A thread that finds nothing to do looks again for some microseconds before it sleeps: phases follow each other closely.
    private const int Spins = 100;

    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim[] _starts;
    private readonly ManualResetEventSlim _done = new(false, Spins);
    private Action<int, int> _work = (_, _) => { };
    private Exception? _fault;
    private int _items;
    private int _next;
    private int _busy;
    private bool _over;

    public PhaseTeam(ComputeOptions options)
    {
        Size = Math.Max(1, options.Threads);
        Cancellation = options.Cancellation;
        _starts = new ManualResetEventSlim[Size - 1];
        _threads = new Thread[Size - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var member = i + 1;
            _starts[i] = new ManualResetEventSlim(false, Spins);
            _threads[i] = new Thread(() => Serve(member)) { IsBackground = true, Name = "t-SNE" };
            _threads[i].Start();
        }
    }

    /// <summary>Members, the calling thread among them.</summary>
    public int Size { get; }

    /// <summary>What stops them.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Calls <paramref name="work"/> with each item and the number of the member that does it; returns when all are done.</summary>
    /// <exception cref="OperationCanceledException">Some items were left out.</exception>
    public void Run(int items, Action<int, int> work)
    {
        (_work, _items, _next) = (work, items, 0);
        var helpers = Math.Min(_threads.Length, items - 1);
        if (helpers > 0)
        {
            _done.Reset();
            Volatile.Write(ref _busy, helpers);
            for (var i = 0; i < helpers; i++) _starts[i].Set();
        }
        Take(0);
        if (helpers > 0) _done.Wait();
        if (_fault is { } fault)
        {
            _fault = null;
            ExceptionDispatchInfo.Throw(fault);
        }
        Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The same on blocks of a range, each with its number, first element and end.</summary>
    public void RunBlocks(int length, int size, Action<int, int, int> work) =>
        Run(Blocks.Count(length, size), (block, _) => work(block, block * size, Math.Min(length, (block + 1) * size)));

    public void Dispose()
    {
        Volatile.Write(ref _over, true);
        foreach (var start in _starts) start.Set();
        foreach (var thread in _threads) thread.Join();
        foreach (var start in _starts) start.Dispose();
        _done.Dispose();
    }

    private void Serve(int member)
    {
        var start = _starts[member - 1];
        while (true)
        {
            start.Wait();
            start.Reset();
            if (Volatile.Read(ref _over)) return;
            Take(member);
            if (Interlocked.Decrement(ref _busy) == 0) _done.Set();
        }
    }

    private void Take(int member)
    {
        try
        {
            for (var item = Interlocked.Increment(ref _next) - 1; item < _items; item = Interlocked.Increment(ref _next) - 1)
            {
                if (Cancellation.IsCancellationRequested) return;
                _work(item, member);
            }
        }
#pragma warning disable CA1031 // Thrown again by the thread that waits.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _fault, e, null);
        }
    }
}
