namespace Dashboard.Analysis;

/// <summary>A logged rate as the points where it changes: schedules that move once an epoch are flat in between.</summary>
internal sealed class ScheduleKnots
{
    // Rates come back from JSON and float32 with their last digits changed.
    private const double Same = 1e-9;

    /// <summary>Steps and rates, rising in steps.</summary>
    public ScheduleKnots(double[] x, double[] y)
    {
        (AllX, AllY) = (x, y);
        Peak = y.Length == 0 ? 0 : y.Max();
        var at = new List<int>();
        for (var i = 0; i < x.Length; i++)
        {
            if (i == 0 || !Equal(y[i], y[i - 1])) at.Add(i);
        }

        X = [.. at.Select(i => x[i])];
        Y = [.. at.Select(i => y[i])];
        Spacing = x.Length < 2 ? 0 : Enumerable.Range(1, x.Length - 1).Max(i => x[i] - x[i - 1]);
        PointsAPlateau = at.Count == 0 ? 0 : (double)x.Length / at.Count;
    }

    public double[] AllX { get; }

    public double[] AllY { get; }

    /// <summary>Steps at which the rate became another, the first point included.</summary>
    public double[] X { get; }

    /// <summary>Rates from there on.</summary>
    public double[] Y { get; }

    public double Peak { get; }

    /// <summary>Largest distance of two logged steps: as well as a change can be placed.</summary>
    public double Spacing { get; }

    public double PointsAPlateau { get; }

    public double Start => AllX[0];

    public double End => AllX[^1];

    /// <summary>Steps between two changes where they are evenly apart and longer than between two points; else 0.</summary>
    public double Every
    {
        get
        {
            if (PointsAPlateau < 2 || X.Length < 3) return 0;
            var mean = (X[^1] - X[0]) / (X.Length - 1);
            for (var i = 1; i < X.Length; i++)
            {
                if (Math.Abs(X[i] - X[i - 1] - mean) > 2 * Spacing) return 0;
            }

            return mean;
        }
    }

    public bool Equal(double a, double b) => Math.Abs(a - b) <= Same * Peak;

    /// <summary>The points from one index to another, both included.</summary>
    public ScheduleKnots Part(int first, int last) => new(AllX[first..(last + 1)], AllY[first..(last + 1)]);

    /// <summary>Largest distance of a function from the knots, over the largest rate.</summary>
    public double Error(Func<double, double> function)
    {
        double worst = 0;
        for (var i = 0; i < X.Length; i++)
        {
            var error = Math.Abs(function(X[i]) - Y[i]);
            if (double.IsNaN(error)) return double.NaN;
            worst = Math.Max(worst, error);
        }

        return Peak > 0 ? worst / Peak : worst;
    }

    /// <summary>The function held still between changes, where the rate is.</summary>
    public Func<double, double> Held(Func<double, double> function)
    {
        var every = Every;
        if (every <= 0) return function;
        var start = X[0];
        return step => function(start + Math.Floor((step - start) / every + 1e-9) * every);
    }
}
