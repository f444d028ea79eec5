using System.Numerics.Tensors;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Curvature where the model stands.</summary>
internal sealed class CurvatureAt(EngineContext context, HessianSpec spec, Subject subject)
{
    private const int UsualTop = 5;
    private const int UsualBottom = 1;

    private int _spent;

    /// <summary>Hessian-vector products, over all points.</summary>
    public int Products { get; private set; }

    /// <summary>Whether every residual so far is as small as the number format allows.</summary>
    public bool Converged { get; private set; } = true;

    /// <summary>Computes everything that the spec asks for at one point.</summary>
    /// <param name="share">From 0 to 1 over the whole job: where this point begins and ends.</param>
    /// <param name="words">What a person reads.</param>
    /// <param name="density">Whether the spectral density is wanted here.</param>
    public (CurvaturePoint Point, SpectralDensity? Density) Compute((double From, double To) share, string words, bool density)
    {
        var (top, bottom, products) = (spec.Top ?? UsualTop, spec.Bottom ?? UsualBottom, Products);
        var result = subject.Size.Fit(_ =>
        {
            Products = products;
            return Once(share, words, top, bottom, density);
        });
        return result;
    }

    private (CurvaturePoint, SpectralDensity?) Once((double From, double To) share, string words, int top, int bottom, bool density)
    {
        var seed = spec.Seed ?? 0;
        // What a point costs, as far as it is known before: it moves the bar and nothing else.
        var expected = Math.Max(20, 6 * (top + bottom)) + (spec.Trace == false ? 0 : 60) + (density ? 100 : 0);
        _spent = 0;
        var before = 0;
        var heard = new Heard<int>(count =>
        {
            Products += before + count - _spent;
            _spent = before + count;
            var part = Math.Min(0.98, (double)_spent / expected);
            context.Output.Progress(share.From + (share.To - share.From) * part, $"{words}: {_spent} products", null);
        });

        var gradient = new double[subject.Model.ParameterCount];
        var loss = subject.Model.Gradient(subject.Batch, subject.Objective, gradient, context.Cancellation);
        using var hessian = subject.Model.OpenHessian(subject.Batch, subject.Objective, cancellation: context.Cancellation);
        var ends = Lanczos.Ends(hessian, top, bottom, new LanczosOptions { Seed = seed }, heard, context.Cancellation);
        Converged &= ends.Converged;
        before = _spent;
        TraceEstimate? trace = null;
        if (spec.Trace != false)
        {
            trace = HutchPlusPlus.Trace(hessian, seed: seed, progress: heard, cancellation: context.Cancellation);
            before = _spent;
        }
        var spread = density ? LanczosQuadrature.Density(hessian, seed: seed, progress: heard, cancellation: context.Cancellation) : null;
        var point = new CurvaturePoint
        {
            Top = [.. ends.Top.Select(View)],
            Bottom = [.. ends.Bottom.Select(View)],
            Trace = trace is null ? null : new TraceView(trace.Value, trace.StandardError),
            Loss = loss,
            GradientNorm = TensorPrimitives.Norm<double>(gradient),
            ConditionNumber = Condition(ends),
        };
        return (point, spread);
    }

    private static EigenvalueView View(Eigenpair pair) => new(pair.Value, pair.Residual);

    private static double? Condition(SpectrumEnds ends)
    {
        var sizes = ends.Top.Concat(ends.Bottom).Select(pair => Math.Abs(pair.Value)).ToList();
        return sizes.Count > 1 && sizes.Min() > 0 ? sizes.Max() / sizes.Min() : null;
    }
}
