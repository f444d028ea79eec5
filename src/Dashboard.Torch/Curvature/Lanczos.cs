using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>Extreme eigenvalues of an operator by Lanczos' method with full reorthogonalisation.</summary>
public static class Lanczos
{
    // The projected matrix is solved again after each of these many steps: often enough to stop early, seldom enough to cost nothing.
    private const int StepsBetweenChecks = 5;

    // Products of a float32 model carry errors of up to this share.
    private const double Rounding = 1e-5;

    /// <summary>The largest and the smallest eigenvalues with their vectors.</summary>
    /// <param name="symmetric">The operator.</param>
    /// <param name="top">How many of the largest; fewer where the operator is smaller.</param>
    /// <param name="bottom">How many of the smallest.</param>
    /// <param name="options">How far to go.</param>
    /// <param name="progress">Hears the number of products done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="TorchInputException">The basis does not fit into <see cref="LanczosOptions.MaxBasisBytes"/>.</exception>
    public static SpectrumEnds Ends(
        ISymmetricOperator symmetric, int top, int bottom, LanczosOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        options ??= new LanczosOptions();
        var size = symmetric.Size;
        (top, bottom) = (Math.Min(top, size), Math.Min(bottom, size));
        var wanted = Math.Min(size, top + bottom);
        var fitting = options.MaxBasisBytes / (8L * size);
        var steps = (int)Math.Min(Math.Min(options.MaxSteps, size), fitting);
        if (steps < Math.Min(size, wanted + 2))
            throw new TorchInputException($"{wanted} eigenvalues of {size} parameters need a basis of {wanted + 2} vectors at the least, and {options.MaxBasisBytes} bytes and {options.MaxSteps} steps allow {steps}. Ask for fewer.");

        var normal = new SeededNormal(options.Seed, 2);
        var start = new double[size];
        normal.Fill(start);
        var basis = new KrylovBasis(symmetric, normal, start);
        double[] values = [];
        var vectors = new double[0, 0];
        while (basis.Steps < steps)
        {
            basis.Extend(cancellation);
            progress?.Report(basis.Steps);
            if (basis.Steps < wanted || (basis.Steps < steps && basis.Steps % StepsBetweenChecks != 0)) continue;
            (values, vectors) = basis.Solve();
            if (Settled(basis, values, vectors, top, bottom, options.Tolerance)) break;
        }

        var count = values.Length;
        var largest = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        var converged = true;
        var products = basis.Steps;
        Eigenpair Pair(int column)
        {
            var vector = basis.Combine(vectors, column);
            if (vector.MaxBy(Math.Abs) < 0) TensorPrimitives.Negate(vector, vector);
            var product = new double[size];
            symmetric.Multiply(vector, product, cancellation);
            products++;
            progress?.Report(products);
            TensorPrimitives.MultiplyAdd(vector, -values[column], product, product);
            var residual = TensorPrimitives.Norm<double>(product);
            converged &= residual <= Math.Max(options.Tolerance, Rounding) * largest;
            return new Eigenpair(values[column], residual, vector);
        }

        var largestPairs = Enumerable.Range(1, top).Select(rank => Pair(count - rank)).ToList();
        var smallestPairs = Enumerable.Range(0, bottom).Select(Pair).ToList();
        return new SpectrumEnds(largestPairs, smallestPairs, products, converged);
    }

    private static bool Settled(KrylovBasis basis, double[] values, double[,] vectors, int top, int bottom, double tolerance)
    {
        if (basis.Complete) return true;
        var limit = tolerance * Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        var last = basis.Steps - 1;
        bool Small(int column) => basis.Coupling * Math.Abs(vectors[last, column]) <= limit;
        // A coupling of zero says only that this subspace is used up; others may hold what was asked for.
        return basis.Coupling > 0 && Enumerable.Range(0, bottom).All(Small) && Enumerable.Range(values.Length - top, top).All(Small);
    }
}
