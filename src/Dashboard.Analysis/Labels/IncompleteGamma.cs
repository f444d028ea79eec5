namespace Dashboard.Analysis;

/// <summary>Regularised incomplete gamma functions, to about 1e-13 relative wherever the value is a normal number.</summary>
public static class IncompleteGamma
{
    // From here on Stirling's series with the terms below is exact to double precision.
    private const double Large = 15;
    private const double Tiny = 1e-300;
    // Terms shrink after about √a of them; a hundred million degrees of freedom still end.
    private const int MostTerms = 1_000_000;

    /// <summary>Q(a, x) = Γ(a, x)/Γ(a): the chance that a gamma variable of shape <paramref name="a"/> exceeds <paramref name="x"/>.</summary>
    /// <returns>NaN unless a &gt; 0 and x ≥ 0.</returns>
    public static double Upper(double a, double x)
    {
        if (!(a > 0) || !(x >= 0))
            return double.NaN;
        if (x == 0)
            return 1;
        if (double.IsPositiveInfinity(x))
            return 0;
        return x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);
    }

    /// <summary>P(a, x) = 1 − Q(a, x).</summary>
    /// <returns>NaN unless a &gt; 0 and x ≥ 0.</returns>
    public static double Lower(double a, double x)
    {
        if (!(a > 0) || !(x >= 0))
            return double.NaN;
        if (x == 0)
            return 0;
        if (double.IsPositiveInfinity(x))
            return 1;
        return x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);
    }

    /// <summary>P(a, x) by its power series: x^a·e^−x/Γ(a+1)·(1 + x/(a+1) + x²/((a+1)(a+2)) + …).</summary>
    private static double Series(double a, double x)
    {
        double term = 1, sum = 1;
        for (var n = 1; n < MostTerms && term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }
        return sum * Density(a, x);
    }

    /// <summary>Q(a, x) by its continued fraction, evaluated from the front [Lentz 1976].</summary>
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var value = d;
        for (var n = 1; n < MostTerms; n++)
        {
            var an = -n * (n - a);
            b += 2;
            d = (an * d) + b;
            if (Math.Abs(d) < Tiny)
                d = Tiny;
            c = b + (an / c);
            if (Math.Abs(c) < Tiny)
                c = Tiny;
            d = 1 / d;
            var factor = d * c;
            value *= factor;
            if (Math.Abs(factor - 1) < 1e-16)
                break;
        }
        return value * a * Density(a, x);
    }

    /// <summary>x^a·e^−x/Γ(a+1) by the saddle point [Loader 2000]: the large parts of the exponent cancel before they are rounded.</summary>
    private static double Density(double a, double x) => Math.Exp(-StirlingError(a) - Deviance(a, x)) / Math.Sqrt(2 * Math.PI * a);

    /// <summary>a·ln(a/x) + x − a, without cancellation where x is near a.</summary>
    private static double Deviance(double a, double x)
    {
        var u = (x - a) / a;
        if (Math.Abs(u) > 0.5)
            return (a * Math.Log(a / x)) + x - a;
        // u − ln(1+u) = u²/2 − u³/3 + …, in v = u/(2+u), where ln(1+u) = 2(v + v³/3 + …) and u = 2v/(1−v).
        var v = u / (2 + u);
        double power = v * v, sum = 0;
        for (var n = 3; n < 60; n += 2)
        {
            var next = sum + (power / n);
            if (next == sum)
                break;
            sum = next;
            power *= v * v;
        }
        return a * ((u * v) - (2 * v * sum));
    }

    /// <summary>ln Γ(a+1) − (a+½)·ln a + a − ½·ln 2π.</summary>
    private static double StirlingError(double a)
    {
        if (a >= Large)
            return Stirling(a);
        // ln Γ(a+1) from an argument where the series is exact, carried down by Γ(z+1) = z·Γ(z).
        var (z, product) = (a, 1.0);
        while (z < Large)
        {
            z++;
            product *= z;
        }
        var logGamma = Stirling(z) + ((z + 0.5) * Math.Log(z)) - z + (0.5 * Math.Log(2 * Math.PI)) - Math.Log(product);
        return logGamma - ((a + 0.5) * Math.Log(a)) + a - (0.5 * Math.Log(2 * Math.PI));
    }

    private static double Stirling(double z)
    {
        var inverse = 1 / (z * z);
        return (1 / z) * ((1.0 / 12) - (inverse * ((1.0 / 360) - (inverse * ((1.0 / 1260) - (inverse * ((1.0 / 1680) - (inverse * ((1.0 / 1188)
            - (inverse * ((691.0 / 360360) - (inverse / 156))))))))))));
    }
}
