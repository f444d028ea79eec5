namespace Dashboard.Torch;

/// <summary>The spectral density by stochastic Lanczos quadrature, with the settings of PyHessian [Yao et al. 2020].</summary>
public static class LanczosQuadrature
{
    // PyHessian's: the density is drawn over this many bins, with Gaussians of variance 1e-5·max(1, range).
    private const int Bins = 10_000;
    private const double Variance = 1e-5;

    // A Gaussian ends in its bins at this many widths: what is further out is below 1e-15 of its peak.
    private const double Reach = 8.5;

    /// <summary>Estimates the density.</summary>
    /// <param name="symmetric">The operator.</param>
    /// <param name="probes">Random starting vectors; their densities are averaged.</param>
    /// <param name="steps">Products for each.</param>
    /// <param name="seed">Chooses the vectors.</param>
    /// <param name="progress">Hears the number of products done.</param>
    /// <param name="cancellation">Stops it.</param>
    public static SpectralDensity Density(
        ISymmetricOperator symmetric, int probes = 1, int steps = 100, ulong seed = 0, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var signs = new SeededNormal(seed, 4);
        var nodes = new List<(double Value, double Weight)>();
        var done = 0;
        for (var probe = 0; probe < probes; probe++)
        {
            var start = new double[symmetric.Size];
            signs.FillSigns(start);
            var basis = new KrylovBasis(symmetric, signs, start);
            // Where the probe's subspace is used up the quadrature is exact: more steps would only bring directions that the probe does not have.
            do
            {
                basis.Extend(cancellation);
                done++;
                progress?.Report(done);
            }
            while (basis.Steps < steps && !basis.Complete && basis.Coupling > 0);
            var (values, vectors) = basis.Solve();
            for (var i = 0; i < values.Length; i++) nodes.Add((values[i], vectors[0, i] * vectors[0, i] / probes));
        }
        return Draw(nodes);
    }

    private static SpectralDensity Draw(List<(double Value, double Weight)> nodes)
    {
        var (low, high) = (nodes.Min(node => node.Value), nodes.Max(node => node.Value));
        // Not narrower than a bin: beyond a range of 1,000 the definition's Gaussians would fall between them.
        var width = Math.Max(Math.Sqrt(Variance * Math.Max(1, high - low)), (high - low) / Bins);
        // Room for the outermost Gaussians, so that the integral over what is drawn is 1.
        (low, high) = (low - Reach * width, high + Reach * width);
        var step = (high - low) / (Bins - 1);
        var x = new double[Bins];
        var y = new double[Bins];
        for (var bin = 0; bin < Bins; bin++) x[bin] = low + bin * step;
        foreach (var (value, weight) in nodes)
        {
            var first = Math.Max(0, (int)((value - Reach * width - low) / step));
            var last = Math.Min(Bins - 1, (int)((value + Reach * width - low) / step) + 1);
            for (var bin = first; bin <= last; bin++)
            {
                var distance = (x[bin] - value) / width;
                y[bin] += weight * Math.Exp(-0.5 * distance * distance) / (width * Math.Sqrt(2 * Math.PI));
            }
        }
        // The Gaussians' own integrals differ from one by what the bins resolve.
        var integral = y.Sum() * step;
        for (var bin = 0; bin < Bins; bin++) y[bin] /= integral;
        return new SpectralDensity(x, y);
    }
}
