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
            Vector128<float> weightsX = SplineWeights.Of(x), weightsY = SplineWeights.Of(y), slopesY = SplineWeights.Slopes(y);
            var at = grid.Grid.Pointer + (long)(row - 1) * grid.RowStep + (column - 1);
            var values = Vector128.Load(at);
            Vector128<float> sum = values * weightsY[0], sumSlopes = values * slopesY[0];
            values = Vector128.Load(at + grid.RowStep);
            sum = Vector128.FusedMultiplyAdd(values, Vector128.Create(weightsY[1]), sum);
            sumSlopes = Vector128.FusedMultiplyAdd(values, Vector128.Create(slopesY[1]), sumSlopes);
            values = Vector128.Load(at + 2 * grid.RowStep);
            sum = Vector128.FusedMultiplyAdd(values, Vector128.Create(weightsY[2]), sum);
            sumSlopes = Vector128.FusedMultiplyAdd(values, Vector128.Create(slopesY[2]), sumSlopes);
            values = Vector128.Load(at + 3 * grid.RowStep);
            sum = Vector128.FusedMultiplyAdd(values, Vector128.Create(weightsY[3]), sum);
            sumSlopes = Vector128.FusedMultiplyAdd(values, Vector128.Create(slopesY[3]), sumSlopes);
            pushX[point] = slope * Vector128.Sum(sum * SplineWeights.Slopes(x));
            pushY[point] = slope * Vector128.Sum(sumSlopes * weightsX);
            total += Vector128.Sum(sum * weightsX);
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
            Vector128<float> weightsX = SplineWeights.Of(x), weightsY = SplineWeights.Of(y), slopesY = SplineWeights.Slopes(y), weightsZ = SplineWeights.Of(z), slopesZ = SplineWeights.Slopes(z);
            Vector128<float> sum = default, sumY = default, sumZ = default;
            var at = grid.Grid.Pointer + (long)(plane - 1) * grid.PlaneStep + (long)(row - 1) * grid.RowStep + (column - 1);
            for (var layer = 0; layer < SplineWeights.Width; layer++, at += grid.PlaneStep)
            {
                Vector128<float> inLayer = default, slopesInLayer = default;
                for (var line = 0; line < SplineWeights.Width; line++)
                {
                    var values = Vector128.Load(at + line * grid.RowStep);
                    inLayer = Vector128.FusedMultiplyAdd(values, Vector128.Create(weightsY[line]), inLayer);
                    slopesInLayer = Vector128.FusedMultiplyAdd(values, Vector128.Create(slopesY[line]), slopesInLayer);
                }
                sum = Vector128.FusedMultiplyAdd(inLayer, Vector128.Create(weightsZ[layer]), sum);
                sumY = Vector128.FusedMultiplyAdd(slopesInLayer, Vector128.Create(weightsZ[layer]), sumY);
                sumZ = Vector128.FusedMultiplyAdd(inLayer, Vector128.Create(slopesZ[layer]), sumZ);
            }
            space.Repulsion[0].Pointer[point] = slope * Vector128.Sum(sum * SplineWeights.Slopes(x));
            space.Repulsion[1].Pointer[point] = slope * Vector128.Sum(sumY * weightsX);
            space.Repulsion[2].Pointer[point] = slope * Vector128.Sum(sumZ * weightsX);
            total += Vector128.Sum(sum * weightsX);
        }
        return total;
    }
}
