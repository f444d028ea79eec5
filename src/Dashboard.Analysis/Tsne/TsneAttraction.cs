namespace Dashboard.Analysis;

/// <summary>The forces that draw neighbours together.</summary>
internal static unsafe class TsneAttraction<T>
    where T : unmanaged, IWide<T>
{
    /// <summary>Those on some points.</summary>
    public static void Compute(TsneSpace space, TsneAffinities affinities, int first, int end)
    {
        if (space.Dimensions == 2) Plane(space, affinities, first, end);
        else Solid(space, affinities, first, end);
    }

    /// <summary>Σ p log(p (1 + d²)) over some rows: what the divergence is but for log Z.</summary>
    public static double Divergence(TsneSpace space, TsneAffinities affinities, int first, int end)
    {
        double sum = 0;
        for (var row = first; row < end; row++)
        {
            for (var entry = affinities.Starts[row]; entry < affinities.Starts[row + 1]; entry++)
            {
                double value = affinities.Values.Pointer[entry], distance = 1;
                if (value == 0) continue;
                var column = affinities.Columns.Pointer[entry];
                foreach (var positions in space.Positions)
                {
                    double apart = positions.Pointer[row] - positions.Pointer[column];
                    distance += apart * apart;
                }
                sum += value * Math.Log(value * distance);
            }
        }
        return sum;
    }

    private static void Plane(TsneSpace space, TsneAffinities affinities, int first, int end)
    {
        var points = space.Packed.Pointer;
        var one = T.Of(1);
        for (var row = first; row < end; row++)
        {
            T x = T.Of(points[2L * row]), y = T.Of(points[2L * row + 1]), sumX = T.Of(0), sumY = sumX;
            var columns = affinities.Columns.Pointer + affinities.Starts[row];
            var values = affinities.Values.Pointer + affinities.Starts[row];
            var last = affinities.Values.Pointer + affinities.Starts[row + 1];
            for (; values < last; columns += T.Count, values += T.Count)
            {
                T.Pairs(points, columns, out var otherX, out var otherY);
                T apartX = x - otherX, apartY = y - otherY;
                var pull = T.Load(values) / T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, one));
                sumX = T.MultiplyAdd(pull, apartX, sumX);
                sumY = T.MultiplyAdd(pull, apartY, sumY);
            }
            space.Attraction[0].Pointer[row] = sumX.Sum();
            space.Attraction[1].Pointer[row] = sumY.Sum();
        }
    }

    private static void Solid(TsneSpace space, TsneAffinities affinities, int first, int end)
    {
        var points = space.Packed.Pointer;
        var one = T.Of(1);
        for (var row = first; row < end; row++)
        {
            T x = T.Of(points[4L * row]), y = T.Of(points[4L * row + 1]), z = T.Of(points[4L * row + 2]), sumX = T.Of(0), sumY = sumX, sumZ = sumX;
            var columns = affinities.Columns.Pointer + affinities.Starts[row];
            var values = affinities.Values.Pointer + affinities.Starts[row];
            var last = affinities.Values.Pointer + affinities.Starts[row + 1];
            for (; values < last; columns += T.Count, values += T.Count)
            {
                T.Quads(points, columns, out var otherX, out var otherY, out var otherZ);
                T apartX = x - otherX, apartY = y - otherY, apartZ = z - otherZ;
                var pull = T.Load(values) / T.MultiplyAdd(apartX, apartX, T.MultiplyAdd(apartY, apartY, T.MultiplyAdd(apartZ, apartZ, one)));
                sumX = T.MultiplyAdd(pull, apartX, sumX);
                sumY = T.MultiplyAdd(pull, apartY, sumY);
                sumZ = T.MultiplyAdd(pull, apartZ, sumZ);
            }
            space.Attraction[0].Pointer[row] = sumX.Sum();
            space.Attraction[1].Pointer[row] = sumY.Sum();
            space.Attraction[2].Pointer[row] = sumZ.Sum();
        }
    }
}
