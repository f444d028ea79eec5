using System.Numerics.Tensors;

namespace Dashboard.Torch;

/// <summary>Two orthonormal random directions through weights, along which others are measured.</summary>
public sealed class PlaneCoordinates
{
    // Streams of a seed that no sample has.
    private const int FirstStream = int.MinValue;

    private readonly double[] _center;
    private readonly double[] _x;
    private readonly double[] _y;

    /// <summary>Draws them.</summary>
    /// <param name="center">Has the coordinates 0, 0.</param>
    /// <param name="seed">Chooses the directions.</param>
    /// <exception cref="TorchInputException">There is one weight alone.</exception>
    public PlaneCoordinates(double[] center, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(center);
        if (center.Length < 2) throw new TorchInputException("The module has one parameter alone, so that there is no plane to draw its samples on.");
        (_center, _x, _y) = (center, Unit(center.Length, seed, FirstStream), Unit(center.Length, seed, FirstStream + 1));
        Directions.Orthogonalise(_y, _x);
        TensorPrimitives.Divide(_y, TensorPrimitives.Norm<double>(_y), _y);
    }

    /// <summary>Coordinates of weights, and their distance from the centre.</summary>
    public (double X, double Y, double Distance) Of(ReadOnlySpan<double> weights)
    {
        var apart = new double[_center.Length];
        TensorPrimitives.Subtract(weights, _center, apart);
        return (TensorPrimitives.Dot<double>(apart, _x), TensorPrimitives.Dot<double>(apart, _y), TensorPrimitives.Norm<double>(apart));
    }

    private static double[] Unit(int length, ulong seed, int stream)
    {
        var direction = new double[length];
        new SeededNormal(seed, stream).Fill(direction);
        TensorPrimitives.Divide(direction, TensorPrimitives.Norm<double>(direction), direction);
        return direction;
    }
}
