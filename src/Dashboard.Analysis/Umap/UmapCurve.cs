namespace Dashboard.Analysis;

/// <summary>The curve 1/(1 + a·d^(2b)) that comes closest to "1 up to the smallest distance, then exp(−(d − least)/spread)", in least squares over 300 distances up to 3·spread [McInnes et al. 2018].</summary>
public static class UmapCurve
{
    private const int Points = 300;

    /// <summary>Fits a and b by Levenberg and Marquardt's method, from (1, 1).</summary>
    /// <param name="spread">Above 0.</param>
    /// <param name="minDistance">From 0 to <paramref name="spread"/>.</param>
    public static (double A, double B) Fit(double spread, double minDistance)
    {
        var (a, b, damping) = (1.0, 1.0, 1e-3);
        var error = Step(a, b, spread, minDistance, out var normal);
        for (var round = 0; round < 500; round++)
        {
            var (aa, bb) = (normal.AA * (1 + damping), normal.BB * (1 + damping));
            var determinant = aa * bb - normal.AB * normal.AB;
            var (da, db) = ((normal.A * bb - normal.B * normal.AB) / determinant, (normal.B * aa - normal.A * normal.AB) / determinant);
            var tried = Step(a + da, b + db, spread, minDistance, out var next);
            if (!(tried <= error))
            {
                // No step is short enough any more: this is the bottom to the last digit.
                if ((damping *= 10) > 1e12) break;
                continue;
            }
            (a, b, error, normal, damping) = (a + da, b + db, tried, next, damping / 10);
            if (Math.Abs(da) <= 1e-12 * Math.Abs(a) && Math.Abs(db) <= 1e-12 * Math.Abs(b)) break;
        }
        return (a, b);
    }

    private static double Step(double a, double b, double spread, double minDistance, out (double AA, double AB, double BB, double A, double B) normal)
    {
        normal = default;
        if (!(a > 0 && b > 0)) return double.PositiveInfinity;
        double error = 0;
        for (var at = 0; at < Points; at++)
        {
            var x = 3 * spread * at / (Points - 1);
            var target = x < minDistance ? 1 : Math.Exp(-(x - minDistance) / spread);
            var power = Math.Pow(x, 2 * b);
            var value = 1 / (1 + a * power);
            var slopeA = -value * value * power;
            var slopeB = x > 0 ? slopeA * a * 2 * Math.Log(x) : 0;
            var left = target - value;
            error += left * left;
            normal.AA += slopeA * slopeA;
            normal.AB += slopeA * slopeB;
            normal.BB += slopeB * slopeB;
            normal.A += slopeA * left;
            normal.B += slopeB * left;
        }
        return error;
    }
}
