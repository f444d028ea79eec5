namespace Dashboard.Torch.Tests;

/// <summary>A symmetric operator with a known spectrum: a diagonal, turned by a Householder reflection so that no axis is special.</summary>
internal sealed class Matrix : ISymmetricOperator
{
    private readonly double[] _diagonal;
    private readonly double[] _mirror;

    public Matrix(params double[] diagonal)
    {
        _diagonal = diagonal;
        _mirror = new double[diagonal.Length];
        new SeededNormal(77, 0).Fill(_mirror);
        var norm = Math.Sqrt(_mirror.Sum(value => value * value));
        for (var i = 0; i < _mirror.Length; i++) _mirror[i] /= norm;
    }

    public int Size => _diagonal.Length;

    public int Products { get; private set; }

    public void Multiply(ReadOnlySpan<double> vector, Span<double> product, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Products++;
        var turned = Reflect(vector.ToArray());
        for (var i = 0; i < turned.Length; i++) turned[i] *= _diagonal[i];
        Reflect(turned).CopyTo(product);
    }

    private double[] Reflect(double[] vector)
    {
        var along = 2 * vector.Zip(_mirror, (a, b) => a * b).Sum();
        return [.. vector.Zip(_mirror, (a, b) => a - along * b)];
    }
}
