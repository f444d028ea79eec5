using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>Takes potentials and forces from a grid.</summary>
internal static unsafe class GridValues
{
    /// <summary>Writes the forces on some points of a plane.</summary>
    /// <returns>The sum of their potentials.</returns>
    public static double Plane(TsneSpace space, IGridConvolution grid, float[] origin, float scale, float slope, int first, int end)
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
            var at = grid.Grid.Pointer + (long)(row - SplineWeights.Before) * grid.RowStep + (column - SplineWeights.Before);
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

    /// <summary>The same in space.</summary>
    public static double Solid(TsneSpace space, IGridConvolution grid, float[] origin, float scale, float slope, int first, int end)
    {
        double total = 0;
        for (var point = first; point < end; point++)
        {
            var x = (space.Positions[0].Pointer[point] - origin[0]) * scale;
            var y = (space.Positions[1].Pointer[point] - origin[1]) * scale;
            var z = (space.Positions[2].Pointer[point] - origin[2]) * scale;
            int column = (int)x, row = (int)y, plane = (int)z;
            x -= column;
            y -= row;
            z -= plane;
            Vector256<float> weightsX = SplineWeights.Of(x), weightsY = SplineWeights.Of(y), slopesY = SplineWeights.Slopes(y), weightsZ = SplineWeights.Of(z), slopesZ = SplineWeights.Slopes(z);
            Vector256<float> sum = default, sumY = default, sumZ = default;
            var at = grid.Grid.Pointer + (long)(plane - SplineWeights.Before) * grid.PlaneStep + (long)(row - SplineWeights.Before) * grid.RowStep + (column - SplineWeights.Before);
            for (var layer = 0; layer < SplineWeights.Width; layer++, at += grid.PlaneStep)
            {
                Vector256<float> inLayer = default, slopesInLayer = default;
                for (var line = 0; line < SplineWeights.Width; line++)
                {
                    var values = Vector256.Load(at + line * grid.RowStep);
                    inLayer = Vector256.FusedMultiplyAdd(values, Vector256.Create(weightsY[line]), inLayer);
                    slopesInLayer = Vector256.FusedMultiplyAdd(values, Vector256.Create(slopesY[line]), slopesInLayer);
                }
                sum = Vector256.FusedMultiplyAdd(inLayer, Vector256.Create(weightsZ[layer]), sum);
                sumY = Vector256.FusedMultiplyAdd(slopesInLayer, Vector256.Create(weightsZ[layer]), sumY);
                sumZ = Vector256.FusedMultiplyAdd(inLayer, Vector256.Create(slopesZ[layer]), sumZ);
            }
            space.Repulsion[0].Pointer[point] = slope * Vector256.Sum(sum * SplineWeights.Slopes(x));
            space.Repulsion[1].Pointer[point] = slope * Vector256.Sum(sumY * weightsX);
            space.Repulsion[2].Pointer[point] = slope * Vector256.Sum(sumZ * weightsX);
            total += Vector256.Sum(sum * weightsX);
        }
        return total;
    }
}
