namespace Dashboard.Faults.Tests;

/// <summary>What a server process wrote to its terminal: the address it listens on, and the last lines for messages of failed tests.</summary>
internal sealed class ServerLog
{
    // Enough to see what led to a failure; a process that repeats itself must not fill the memory of the tests.
    private const int MaxLines = 400;
    private const string Listening = "Now listening on: ";

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Uri> Address => _address.Task;

    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
        }
        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
    }

    /// <summary>The process ended: nobody need wait for an address any longer.</summary>
    public void End() => _address.TrySetException(new InvalidOperationException($"The server ended before it listened.\n{Text}"));
}
