namespace Dashboard.Analysis;

/// <summary>One start of <see cref="GaussianMixture"/>.</summary>
internal sealed class MixtureRun
{
    private readonly double[] _points;
    private readonly int _dimensions;
    private readonly int _count;
    private readonly double[] _weights;
    private readonly MixtureOptions _options;
    private readonly int _start;
    private readonly double _total;
    private readonly double[] _deviations;
    private readonly double _floor;
    private readonly double[,] _shares;
    private MixtureComponent[] _components = [];
    private int _iterations;
    private bool _converged;

    public MixtureRun(double[] points, int dimensions, double[] weights, MixtureOptions options, int start)
    {
        (_points, _dimensions, _weights, _options, _start) = (points, dimensions, weights, options, start);
        _count = weights.Length;
        _total = weights.Sum();
        _shares = new double[_count, options.Components];
        _deviations = Deviations();
        _floor = options.Floor * _deviations.Average(deviation => deviation * deviation);
        if (!(_floor > 0)) throw new VectorException("The points do not differ from each other.");
    }

    public double LogLikelihood { get; private set; } = double.NegativeInfinity;

    public void Run()
    {
        First();
        Maximise();
        while (_iterations < _options.Iterations && !_converged)
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            var before = LogLikelihood;
            LogLikelihood = Expect();
            _converged = LogLikelihood - before < _options.Tolerance * _total;
            if (!_converged) Maximise();
            _iterations++;
        }
    }

    public MixtureResult Result(double penalty) =>
        new([.. _components.OrderByDescending(component => component.Weight)], LogLikelihood, -2 * LogLikelihood + penalty, _iterations, _converged);

    private ReadOnlySpan<double> Point(int index) => _points.AsSpan(index * _dimensions, _dimensions);

    private double[] Deviations()
    {
        var (mean, squares) = (new double[_dimensions], new double[_dimensions]);
        for (var i = 0; i < _count; i++)
        {
            for (var d = 0; d < _dimensions; d++) mean[d] += _weights[i] * Point(i)[d] / _total;
        }
        for (var i = 0; i < _count; i++)
        {
            for (var d = 0; d < _dimensions; d++) squares[d] += _weights[i] * (Point(i)[d] - mean[d]) * (Point(i)[d] - mean[d]) / _total;
        }
        return Array.ConvertAll(squares, Math.Sqrt);
    }

    // Each point belongs to the nearest of centres that were drawn far apart, measured in deviations.
    private void First()
    {
        var random = new SeededRandom(_options.Seed, _start);
        var nearest = new double[_count];
        Array.Fill(nearest, double.PositiveInfinity);
        var owner = new int[_count];
        var drawn = Draw(_weights, random.NextShare());
        var chances = new double[_count];
        for (var component = 0; component < _options.Components; component++)
        {
            for (var i = 0; i < _count; i++)
            {
                var distance = 0.0;
                for (var d = 0; d < _dimensions; d++)
                {
                    var apart = _deviations[d] > 0 ? (Point(i)[d] - Point(drawn)[d]) / _deviations[d] : 0;
                    distance += apart * apart;
                }
                if (distance < nearest[i]) (nearest[i], owner[i]) = (distance, component);
                chances[i] = _weights[i] * nearest[i];
            }
            drawn = Draw(chances, random.NextShare());
        }
        for (var i = 0; i < _count; i++) _shares[i, owner[i]] = 1;
    }

    private static int Draw(double[] chances, double share)
    {
        var left = share * chances.Sum();
        var at = 0;
        while (at < chances.Length - 1 && left >= chances[at]) left -= chances[at++];
        return at;
    }

    private void Maximise()
    {
        var components = new MixtureComponent[_options.Components];
        for (var k = 0; k < components.Length; k++)
        {
            var mass = 0.0;
            var mean = new double[_dimensions];
            for (var i = 0; i < _count; i++)
            {
                var share = _weights[i] * _shares[i, k];
                mass += share;
                for (var d = 0; d < _dimensions; d++) mean[d] += share * Point(i)[d];
            }
            // A component that lost all its points stays as it is, with no share.
            if (!(mass > 0))
            {
                components[k] = _components.Length > 0 ? _components[k] with { Weight = 0 } : new MixtureComponent(0, Point(0).ToArray(), Identity());
                continue;
            }
            for (var d = 0; d < _dimensions; d++) mean[d] /= mass;
            components[k] = new MixtureComponent(mass / _total, mean, Covariance(k, mean, mass));
        }
        _components = components;
    }

    private double[,] Covariance(int component, double[] mean, double mass)
    {
        var covariance = new double[_dimensions, _dimensions];
        for (var i = 0; i < _count; i++)
        {
            var share = _weights[i] * _shares[i, component] / mass;
            if (share == 0) continue;
            for (var a = 0; a < _dimensions; a++)
            {
                for (var b = 0; b <= a; b++) covariance[a, b] += share * (Point(i)[a] - mean[a]) * (Point(i)[b] - mean[b]);
            }
        }
        for (var a = 0; a < _dimensions; a++)
        {
            covariance[a, a] += _floor;
            for (var b = 0; b < a; b++) covariance[b, a] = covariance[a, b];
        }
        return covariance;
    }

    private double[,] Identity()
    {
        var identity = new double[_dimensions, _dimensions];
        for (var d = 0; d < _dimensions; d++) identity[d, d] = _floor;
        return identity;
    }

    // Shares of each point, and the log-likelihood, both by way of logarithms.
    private double Expect()
    {
        var densities = _components.Select(component => new NormalDensity(component)).ToArray();
        var logs = new double[densities.Length];
        var sum = 0.0;
        for (var i = 0; i < _count; i++)
        {
            for (var k = 0; k < logs.Length; k++) logs[k] = densities[k].Log(Point(i));
            var largest = logs.Max();
            var total = logs.Sum(log => Math.Exp(log - largest));
            for (var k = 0; k < logs.Length; k++) _shares[i, k] = Math.Exp(logs[k] - largest) / total;
            sum += _weights[i] * (largest + Math.Log(total));
        }
        return sum;
    }

    /// <summary>Logarithm of a component's share times its density, by the Cholesky factor of its covariance.</summary>
    private sealed class NormalDensity
    {
        private readonly double[] _mean;
        private readonly double[,] _factor;
        private readonly double[] _apart;
        private readonly double _constant;

        public NormalDensity(MixtureComponent component)
        {
            _mean = component.Mean;
            var size = _mean.Length;
            (_factor, _apart) = (new double[size, size], new double[size]);
            _constant = Math.Log(component.Weight) - size * 0.5 * Math.Log(2 * Math.PI);
            for (var a = 0; a < size; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    var left = component.Covariance[a, b];
                    for (var c = 0; c < b; c++) left -= _factor[a, c] * _factor[b, c];
                    // The floor on the diagonal keeps this above zero, but for rounding.
                    _factor[a, b] = a == b ? Math.Sqrt(Math.Max(left, double.Epsilon)) : left / _factor[b, b];
                }
                _constant -= Math.Log(_factor[a, a]);
            }
        }

        public double Log(ReadOnlySpan<double> point)
        {
            var squares = 0.0;
            for (var a = 0; a < _apart.Length; a++)
            {
                var left = point[a] - _mean[a];
                for (var b = 0; b < a; b++) left -= _factor[a, b] * _apart[b];
                _apart[a] = left / _factor[a, a];
                squares += _apart[a] * _apart[a];
            }
            return _constant - 0.5 * squares;
        }
    }
}
