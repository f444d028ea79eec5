using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>How far the loss rises close to a point. The model stands afterwards where it stood before.</summary>
public static class Sharpness
{
    // The steps of an ascent add up to this many times the box's half width, so that every corner can be reached from every other.
    private const double Travel = 2.5;

    /// <summary>
    /// The rise after the step that sharpness-aware minimisation takes [Foret et al. 2021, arXiv 2010.01412]: L(θ + ρ·g/‖g‖) − L(θ), g being the gradient. Zero where there is no gradient.
    /// </summary>
    /// <param name="model">Stands at θ.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="objective">L.</param>
    /// <param name="radius">ρ; the paper's default is 0.05.</param>
    /// <param name="cancellation">Stops it.</param>
    public static SharpnessValue AlongGradient(ITorchModel model, ITorchBatch batch, Objective objective, double radius = 0.05, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!(radius > 0) || !double.IsFinite(radius)) throw new TorchInputException($"The radius of a sharpness is a number above zero, not {radius:R}.");
        var start = model.Read();
        var step = new double[model.ParameterCount];
        var loss = model.Gradient(batch, objective, step, cancellation);
        var norm = TensorPrimitives.Norm<double>(step);
        if (norm == 0) return new SharpnessValue(loss, loss);
        TensorPrimitives.MultiplyAdd(step, radius / norm, start.Parameters, step);
        try
        {
            model.Write(start with { Parameters = step });
            return new SharpnessValue(loss, model.Evaluate(batch, objective, cancellation).Loss);
        }
        finally
        {
            model.Write(start);
        }
    }

    /// <summary>
    /// The highest loss found in the box |δᵢ| ≤ ε·(|θᵢ| + 1) [Keskar et al. 2017, arXiv 1609.04836, with A the identity], by steps along the sign of the gradient from θ and from a
    /// random place in the box. It is a bound from below: an ascent need not find the highest point.
    /// </summary>
    /// <param name="model">Stands at θ.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="objective">L.</param>
    /// <param name="epsilon">ε; the paper has 1e-3 and 5e-4.</param>
    /// <param name="steps">Gradients for each of the two ascents.</param>
    /// <param name="seed">Chooses the random place.</param>
    /// <param name="cancellation">Stops it.</param>
    public static SharpnessValue WithinBox(
        ITorchModel model, ITorchBatch batch, Objective objective, double epsilon = 1e-3, int steps = 5, ulong seed = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(epsilon > 0) || !double.IsFinite(epsilon)) throw new TorchInputException($"The half width of a sharpness's box is a number above zero, not {epsilon:R}.");
        var start = model.Read();
        var box = new double[model.ParameterCount];
        TensorPrimitives.Abs(start.Parameters, box);
        for (var i = 0; i < box.Length; i++) box[i] = epsilon * (box[i] + 1);
        // At a minimum the gradient vanishes, and only a place beside it has a slope to follow.
        var beside = new double[box.Length];
        new SeededNormal(seed, 5).FillSigns(beside);
        for (var i = 0; i < box.Length; i++) beside[i] *= box[i] / 2;
        try
        {
            var loss = model.Evaluate(batch, objective, cancellation).Loss;
            var highest = Math.Max(Ascend(new double[box.Length]), Ascend(beside));
            return new SharpnessValue(loss, Math.Max(loss, highest));
        }
        finally
        {
            model.Write(start);
        }

        double Ascend(double[] offset)
        {
            var highest = double.NegativeInfinity;
            var weights = new double[box.Length];
            var gradient = new double[box.Length];
            for (var step = 0; step <= steps; step++)
            {
                TensorPrimitives.Add(start.Parameters, offset, weights);
                model.Write(start with { Parameters = weights });
                if (step == steps) return Math.Max(highest, model.Evaluate(batch, objective, cancellation).Loss);
                highest = Math.Max(highest, model.Gradient(batch, objective, gradient, cancellation));
                for (var i = 0; i < offset.Length; i++)
                {
                    if (double.IsNaN(gradient[i])) return double.NaN;
                    offset[i] = Math.Clamp(offset[i] + Travel / steps * box[i] * Math.Sign(gradient[i]), -box[i], box[i]);
                }
            }
            return highest;
        }
    }
}
