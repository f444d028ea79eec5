using System.Numerics.Tensors;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Coordinates along the axes: those asked for, or such as suit the directions.</summary>
internal static class Ranges
{
    private const int UsualPoints = 51;

    // A path keeps this share of its extent free on every side.
    private const double Margin = 0.2;

    /// <summary>An axis of a spec.</summary>
    /// <param name="field"><c>x</c> or <c>y</c>.</param>
    /// <param name="axis">What was asked for.</param>
    /// <param name="suiting">The range where none was asked for.</param>
    public static GridAxis Axis(string field, AxisSpec? axis, Func<(double From, double To)> suiting)
    {
        if ((axis?.From is null) != (axis?.To is null)) throw new TorchInputException($"{field}: give both from and to, or neither for a range that suits the directions.");
        var (from, to) = axis is { From: { } first, To: { } last } ? (first, last) : suiting();
        return Fields.Of(field, () => new GridAxis(from, to, axis?.Points ?? UsualPoints));
    }

    /// <summary>The range that suits a kind of directions.</summary>
    /// <param name="kind">One of <see cref="DirectionKinds"/>.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="second">Whether it is the second axis.</param>
    /// <param name="loss">Loss at the origin.</param>
    public static (double From, double To) Suiting(string kind, LandscapePlane plane, bool second, double loss) => kind switch
    {
        DirectionKinds.Between => second ? (-1, 1) : (-0.5, 1.5),
        DirectionKinds.Pca => Frame(plane.Pca!, second),
        DirectionKinds.Hessian => Symmetric(Bend(plane.Eigenvalues![second ? 1 : 0], loss, plane.Plane.Origin.Parameters)),
        _ => (-1, 1),
    };

    private static (double From, double To) Frame(PcaPath path, bool second)
    {
        var along = path.Path.Select(point => second ? point.Y : point.X).ToArray();
        var other = path.Path.Select(point => second ? point.X : point.Y).ToArray();
        var (low, high) = (along.Min(), along.Max());
        // A path without extent in this direction is shown in as much room as it has in the other.
        var extent = Math.Max(high - low, 1e-3 * (other.Max() - other.Min()));
        var room = extent > 0 ? Math.Max(Margin * extent, (extent - (high - low)) / 2) : 1;
        return (low - room, high + room);
    }

    /// <summary>How far along an eigenvector the loss changes by as much as itself: |λ|r²/2 = max(|L|, 1). A flat direction ends at the weights' own norm.</summary>
    private static double Bend(double eigenvalue, double loss, double[] origin)
    {
        var furthest = Math.Max(1, TensorPrimitives.Norm<double>(origin));
        var size = double.IsFinite(loss) ? Math.Max(Math.Abs(loss), 1) : 1;
        return Math.Clamp(Math.Sqrt(2 * size / Math.Max(Math.Abs(eigenvalue), 1e-12)), 1e-3, furthest);
    }

    private static (double From, double To) Symmetric(double radius) => (-radius, radius);
}
