using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>Where weights lie on a plane: least squares, which is right for directions that are neither orthogonal nor of norm 1.</summary>
public sealed class PathProjection
{
    private readonly double[] _origin;
    private readonly double[] _x;
    private readonly double[]? _y;
    private readonly double _xx;
    private readonly double _xy;
    private readonly double _yy;

    /// <summary>Projects onto origin + a·<paramref name="x"/> + b·<paramref name="y"/>.</summary>
    /// <exception cref="TorchInputException">The directions are zero or parallel.</exception>
    public PathProjection(double[] origin, double[] x, double[]? y)
    {
        (_origin, _x, _y) = (origin, x, y);
        _xx = TensorPrimitives.SumOfSquares<double>(x);
        if (!(_xx > 0)) throw new TorchInputException("The first direction is zero: nothing can be projected on it.");
        if (y is null) return;
        _yy = TensorPrimitives.SumOfSquares<double>(y);
        _xy = TensorPrimitives.Dot<double>(x, y);
        if (!(_xx * _yy - _xy * _xy > 1e-12 * _xx * _yy)) throw new TorchInputException("The two directions are parallel or zero: they span no plane.");
    }

    /// <summary>The nearest place on the plane, and the distance from it.</summary>
    public (PathPoint Point, double Residual) Project(double[] weights)
    {
        var difference = new double[_origin.Length];
        TensorPrimitives.Subtract(weights, _origin, difference);
        var dx = TensorPrimitives.Dot<double>(difference, _x);
        PathPoint point;
        if (_y is null)
        {
            point = new PathPoint(dx / _xx, 0);
        }
        else
        {
            var dy = TensorPrimitives.Dot<double>(difference, _y);
            var determinant = _xx * _yy - _xy * _xy;
            point = new PathPoint((dx * _yy - dy * _xy) / determinant, (dy * _xx - dx * _xy) / determinant);
            TensorPrimitives.MultiplyAdd(_y, -point.Y, difference, difference);
        }
        TensorPrimitives.MultiplyAdd(_x, -point.X, difference, difference);
        return (point, TensorPrimitives.Norm<double>(difference));
    }
}
