using System.Threading.Channels;

namespace Dashboard.Client;

/// <summary>
/// A bounded ring between the training threads and the background loop. Adding takes a short lock and allocates nothing;
/// a full ring counts what it had to turn away.
/// </summary>
internal sealed class EventQueue
{
    private readonly Lock _gate = new();
    private readonly LoggedEvent[] _ring;
    private readonly long _maxBytes;
    private readonly int _wakeAt;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int _head;
    private int _count;
    private long _bytes;
    private long _dropped;
    private bool _closed;

    /// <param name="capacity">Events held at most.</param>
    /// <param name="maxBytes">Payload bytes held at most.</param>
    /// <param name="wakeAt">Count at which the reader is woken before its time.</param>
    public EventQueue(int capacity, long maxBytes, int wakeAt)
    {
        _ring = new LoggedEvent[capacity];
        _maxBytes = maxBytes;
        _wakeAt = Math.Min(wakeAt, capacity / 2);
    }

    public int Count { get { lock (_gate) return _count; } }

    /// <summary>True once further events are refused.</summary>
    public bool Closed { get { lock (_gate) return _closed; } }

    /// <summary>False where the queue is full or closed; a full one counts the event as dropped.</summary>
    public bool TryAdd(in LoggedEvent item)
    {
        var added = false;
        lock (_gate)
        {
            if (_closed)
                return false;
            var size = item.Payload?.Length ?? 0;
            if (_count == _ring.Length || (_bytes + size > _maxBytes && _count > 0 && size > 0))
            {
                _dropped++;
            }
            else
            {
                var at = _head + _count;
                _ring[at < _ring.Length ? at : at - _ring.Length] = item;
                _count++;
                _bytes += size;
                // One wake-up a threshold crossed, not one an event: writing to the channel costs more than adding.
                if (_count != _wakeAt && (size == 0 || _bytes <= _maxBytes / 2))
                    return true;
                added = true;
            }
        }

        Wake();
        return added;
    }

    /// <summary>Wakes the reader.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Ends when the reader should look.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => _wake.Reader.ReadAsync(cancellation);

    /// <summary>Moves the oldest events out, as many as fit.</summary>
    public int Drain(Span<LoggedEvent> into)
    {
        lock (_gate)
        {
            var n = Math.Min(into.Length, _count);
            for (var i = 0; i < n; i++)
            {
                ref var slot = ref _ring[_head];
                into[i] = slot;
                _bytes -= slot.Payload?.Length ?? 0;
                slot = default;
                _head = _head + 1 == _ring.Length ? 0 : _head + 1;
            }

            _count -= n;
            return n;
        }
    }

    /// <summary>How many events were turned away since the last call.</summary>
    public long TakeDropped()
    {
        lock (_gate)
        {
            var dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }

    /// <summary>Refuses further events; those inside stay.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
    }
}
