using System.Runtime.InteropServices;

namespace Dashboard.Server;

/// <summary>Where a command says what it found, what it does meanwhile, and hears that it is to stop.</summary>
internal sealed class CommandConsole : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly TextWriter _out;
    private readonly TextWriter _error;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private long _said;

    /// <summary>A console over any two writers.</summary>
    public CommandConsole(TextWriter output, TextWriter error, TimeProvider clock)
    {
        (_out, _error, _clock) = (output, error, clock);
        _said = clock.GetTimestamp();
    }

    /// <summary>Asked to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The terminal that the process was started from. Ctrl-C and SIGTERM ask the command to stop and to clean up after itself.</summary>
    public static CommandConsole OfProcess()
    {
        var console = new CommandConsole(Console.Out, Console.Error, TimeProvider.System);
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            console._signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                console._stop.Cancel();
            }));
        }
        return console;
    }

    /// <summary>Says what was asked for.</summary>
    public void Say(string text) => _out.WriteLine(text);

    /// <summary>Says what went wrong, or what a reader of the answer should know besides.</summary>
    public void Complain(string text) => _error.WriteLine(text);

    /// <summary>Says how far it is, once a second at the most.</summary>
    public void Progress(string text)
    {
        if (_clock.GetElapsedTime(_said) < Between)
            return;
        _said = _clock.GetTimestamp();
        _error.WriteLine(text);
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _stop.Dispose();
    }
}
