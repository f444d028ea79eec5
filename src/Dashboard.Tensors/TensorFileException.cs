namespace Dashboard.Tensors;

/// <summary>A file that does not hold what it should; the message says what is wrong with it, and where.</summary>
public sealed class TensorFileException(string message, Exception? inner = null) : Exception(message.Length > Longest ? message[..Longest] + "…" : message, inner)
{
    // It quotes names that the file gives, which may be as long as the file, and goes into answers and logs.
    private const int Longest = 1000;
}
