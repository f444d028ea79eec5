namespace Dashboard.Analysis;

/// <summary>Vectors, or what is asked of them, that nothing can be computed from. The message names the field and the way out.</summary>
public sealed class VectorException : Exception
{
    /// <summary>An unspecific fault.</summary>
    public VectorException()
        : base("Nothing can be computed from these vectors.")
    {
    }

    /// <summary>A fault in words.</summary>
    public VectorException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its cause.</summary>
    public VectorException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
