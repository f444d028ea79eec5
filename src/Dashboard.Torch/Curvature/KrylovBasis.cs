using System.Numerics.Tensors;
using Dashboard.Analysis;

namespace Dashboard.Torch;

/// <summary>
/// Lanczos with full reorthogonalisation: an orthonormal basis in which the operator is tridiagonal. Where an invariant subspace is used up, it goes on with a new direction,
/// so that eigenvalues of higher multiplicity are found too.
/// </summary>
internal sealed class KrylovBasis
{
    // Below this share of the largest entry what is left of a product is rounding: no direction of its own.
    private const double Exhausted = 1e-9;

    private readonly ISymmetricOperator _operator;
    private readonly SeededNormal _normal;
    private readonly List<double[]> _vectors = [];
    private readonly List<double> _diagonal = [];
    private readonly List<double> _beside = [];
    private double[] _next;

    public KrylovBasis(ISymmetricOperator symmetric, SeededNormal normal, double[] start)
    {
        (_operator, _normal) = (symmetric, normal);
        _next = start;
        TensorPrimitives.Divide(_next, TensorPrimitives.Norm<double>(_next), _next);
    }

    public int Steps => _vectors.Count;

    public bool Complete => Steps == _operator.Size;

    /// <summary>The entry that couples the basis to what it does not hold: Ritz residuals are multiples of it.</summary>
    public double Coupling => _beside.Count == 0 ? 0 : _beside[^1];

    public (double[] Values, double[,] Vectors) Solve() => SymmetricEigen.Tridiagonal(_diagonal.ToArray(), _beside.Take(Steps - 1).ToArray());

    public void Extend(CancellationToken cancellation)
    {
        var current = _next;
        var product = new double[_operator.Size];
        _operator.Multiply(current, product, cancellation);
        _vectors.Add(current);
        _diagonal.Add(TensorPrimitives.Dot<double>(current, product));
        if (!double.IsFinite(_diagonal[^1])) throw new TorchException("A product with the Hessian is not finite: the loss has no curvature here.");
        Orthogonalise(product);
        var norm = TensorPrimitives.Norm<double>(product);
        var scale = Math.Max(_diagonal.Max(Math.Abs), _beside.DefaultIfEmpty(0).Max());
        if (norm <= Exhausted * scale || scale == 0) norm = StartAgain(product);
        else TensorPrimitives.Divide(product, norm, product);
        _beside.Add(norm);
        _next = product;
    }

    /// <summary>The vector that a column of coefficients stands for.</summary>
    public double[] Combine(double[,] coefficients, int column)
    {
        var sum = new double[_operator.Size];
        for (var i = 0; i < Steps; i++) TensorPrimitives.MultiplyAdd(_vectors[i], coefficients[i, column], sum, sum);
        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<double>(sum), sum);
        return sum;
    }

    // Twice is enough [Parlett].
    private void Orthogonalise(double[] vector)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var known in _vectors) TensorPrimitives.MultiplyAdd(known, -TensorPrimitives.Dot<double>(known, vector), vector, vector);
        }
    }

    private double StartAgain(double[] vector)
    {
        if (!Complete)
        {
            _normal.Fill(vector);
            Orthogonalise(vector);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
        }
        return 0;
    }
}
