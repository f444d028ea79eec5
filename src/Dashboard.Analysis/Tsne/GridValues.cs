using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>Takes potentials and forces from a grid.</summary>
internal static unsafe class GridValues
{
    /// <summary>Writes the forces on some points.</summary>
    /// <returns>The sum of their potentials.</returns>
    public static double Take(TsneSpace space, PlaneGrid grid, float[] origin, float scale, float slope, int first, int end)
    {
        double total = 0;
        var xs = space.Positions[0].Pointer;
        var ys = space.Positions[1].Pointer;
        var pushX = space.Repulsion[0].Pointer;
        var pushY = space.Repulsion[1].Pointer;
        for (var point = first; point < end; point++)
        {
            float x = (xs[point] - origin[0]) * scale, y = (ys[point] - origin[1]) * scale;
            int column = (int)x, row = (int)y;
            x -= column;
            y -= row;
            Vector256<float> weightsX = SplineWeights.Of(x), weightsY = SplineWeights.Of(y), slopesY = SplineWeights.Slopes(y);
            var at = grid.Values.Pointer + (long)(row - SplineWeights.Before) * grid.RowStep + (column - SplineWeights.Before);
            var values = Vector256.Load(at);
            Vector256<float> sum = values * weightsY[0], sumSlopes = values * slopesY[0];
            for (var line = 1; line < SplineWeights.Width; line++)
            {
                at += grid.RowStep;
                values = Vector256.Load(at);
                sum = Vector256.FusedMultiplyAdd(values, Vector256.Create(weightsY[line]), sum);
                sumSlopes = Vector256.FusedMultiplyAdd(values, Vector256.Create(slopesY[line]), sumSlopes);
            }
            pushX[point] = slope * Vector256.Sum(sum * SplineWeights.Slopes(x));
            pushY[point] = slope * Vector256.Sum(sumSlopes * weightsX);
            total += Vector256.Sum(sum * weightsX);
        }
        return total;
    }
}
