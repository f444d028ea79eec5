namespace Dashboard.Tensors;

/// <summary>A file that does not hold what it should; the message says what is wrong with it, and where.</summary>
public sealed class TensorFileException(string message, Exception? inner = null) : Exception(message, inner);
