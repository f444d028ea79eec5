using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>
/// Langevin dynamics: θ ← θ + ε/2·∇log p + N(0, ε) with log p = −N·L/T [Welling and Teh 2011]. Each step takes the gradient of the whole batch, and there is no test of acceptance: on a parabola of curvature a = N·λ/T the variance comes
/// out as 1/(a·(1 − ε·a/4)) where 1/a is exact, and ε must stay below 4/a.
/// </summary>
public sealed class LangevinChain
{
    // Steps of the largest curvature's own length: its variance is then 2.5 % too large, that of all others less.
    private const double Cautious = 0.1;

    private readonly ITorchModel _model;
    private readonly ITorchBatch _batch;
    private readonly Func<Objective> _objective;
    private readonly double _factor;
    private readonly double _noise;
    private readonly SeededNormal _random;
    private readonly TorchWeights _weights;
    private readonly double[] _gradient;

    /// <summary>Begins where the model stands.</summary>
    /// <param name="model">Moved with each step.</param>
    /// <param name="batch">The N samples.</param>
    /// <param name="objective">L, asked for before each step.</param>
    /// <param name="temperature">T.</param>
    /// <param name="stepSize">ε.</param>
    /// <param name="seed">Chooses the noise.</param>
    public LangevinChain(ITorchModel model, ITorchBatch batch, Func<Objective> objective, double temperature, double stepSize, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        (_model, _batch, _objective) = (model, batch, objective);
        (_factor, _noise) = (-0.5 * stepSize * batch.Samples / temperature, Math.Sqrt(stepSize));
        _random = new SeededNormal(seed, 0);
        _weights = model.Read();
        _gradient = new double[model.ParameterCount];
    }

    /// <summary>Where the chain is.</summary>
    public ReadOnlySpan<double> Weights => _weights.Parameters;

    /// <summary>A tenth of T/(N·λ), with the largest eigenvalue λ of the Hessian.</summary>
    /// <exception cref="TorchInputException">The loss does not bend upwards, so that no step follows from it.</exception>
    public static double StepSize(ITorchModel model, ITorchBatch batch, Objective objective, double temperature, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using var hessian = model.OpenHessian(batch, objective, cancellation: cancellation);
        // Two digits are plenty.
        var ends = Lanczos.Ends(hessian, 1, 0, new LanczosOptions { Seed = seed, Tolerance = 1e-2 }, null, cancellation);
        var largest = ends.Top[0].Value;
        if (!(largest > 0)) throw new TorchInputException($"the largest eigenvalue of the Hessian is {largest:G3}, so that no step size follows from it; give one.");
        return Cautious * temperature / (batch.Samples * largest);
    }

    /// <summary>Takes a step.</summary>
    /// <returns>The loss before it.</returns>
    /// <exception cref="TorchInputException">The chain ran away.</exception>
    public double Step(CancellationToken cancellation = default)
    {
        var loss = _model.Gradient(_batch, _objective(), _gradient, cancellation);
        if (!double.IsFinite(TensorPrimitives.SumOfSquares<double>(_gradient)))
            throw new TorchInputException("the chain ran away: its gradient is no longer finite. A smaller step holds it.");
        var weights = _weights.Parameters;
        TensorPrimitives.MultiplyAdd(_gradient, _factor, weights, weights);
        for (var i = 0; i < weights.Length; i++) weights[i] += _noise * _random.Next();
        _model.Write(_weights);
        return loss;
    }
}
