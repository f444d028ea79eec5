namespace Dashboard.Torch;

/// <summary>A symmetric matrix known by its products alone.</summary>
public interface ISymmetricOperator
{
    /// <summary>Rows and columns.</summary>
    int Size { get; }

    /// <summary>Writes A·<paramref name="vector"/>.</summary>
    void Multiply(ReadOnlySpan<double> vector, Span<double> product, CancellationToken cancellation = default);
}
