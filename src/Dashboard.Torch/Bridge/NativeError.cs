using System.Runtime.InteropServices;

namespace Dashboard.Torch;

/// <summary>Turns the bridge's statuses into exceptions.</summary>
internal static unsafe class NativeError
{
    /// <summary>Bytes of a caller's buffer for the text: libtorch's longest are tracebacks of scripted code, whose first lines say what went wrong.</summary>
    public const int Size = 8192;

    private const int Cancelled = 4;

    public static void Check(int status, byte* text, CancellationToken cancellation = default)
    {
        if (status == 0) return;
        var message = (Marshal.PtrToStringUTF8((nint)text) ?? "").Trim();
        if (message.Length > 0) message = char.ToUpperInvariant(message[0]) + message[1..];
        if (message.Length > 0 && message[^1] is not ('.' or '!' or '?')) message += ".";
        throw status switch
        {
            1 or 2 => new TorchInputException(message),
            Cancelled => new OperationCanceledException(cancellation),
            5 => new TorchOutOfMemoryException(message),
            _ => new TorchException(message),
        };
    }
}
