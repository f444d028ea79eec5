namespace Dashboard.Analysis;

/// <summary>Principal component analysis [Pearson 1901; Hotelling 1933]. Vectors are read in blocks, a few times, and never copied whole.</summary>
public static class Pca
{
    // The largest matrix whose eigenvectors are found exactly: 134 MB of float64, and some seconds.
    private const int LargestExact = 4096;

    /// <summary>Finds the first components.</summary>
    /// <param name="rows">Vectors, read in blocks from several threads.</param>
    /// <param name="components">How many, from 1 to the lesser of rows and columns.</param>
    /// <param name="options">Seed and solver.</param>
    /// <param name="compute">Threads, progress and cancellation; the result does not depend on it.</param>
    /// <exception cref="VectorException">There are no vectors, one is not finite, there are fewer components than asked for, or the solver named does not fit.</exception>
    public static PcaResult Fit(IVectorRows rows, int components, PcaOptions options, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        Check(rows, components);
        var solver = options.Solver ?? Choose(rows.Rows, rows.Columns);
        Fits(solver, rows);
        var moments = ColumnMoments.Of(rows, compute, 0, 0.1);
        var centre = Array.ConvertAll(moments.Mean, mean => (float)mean);
        var directions = PcaDirections.Find(new CentredRows(rows, centre), moments, components, solver, options.Seed, compute);
        var coordinates = PcaDirections.Project(rows, moments.Mean, directions.Components, components, compute);
        Orient(coordinates, directions.Components, rows.Columns);
        var divisor = Math.Max(1, rows.Rows - 1);
        var all = moments.Squares.Sum() / divisor;
        var variance = Array.ConvertAll(directions.Squares, squares => Math.Max(0, squares) / divisor);
        compute.Progress?.Report(1);
        return new PcaResult(coordinates, variance, Array.ConvertAll(variance, value => all > 0 ? value / all : 0), moments.Mean, directions.Components, solver);
    }

    /// <summary>Bytes it takes at the most beside the vectors themselves, result included.</summary>
    public static long MemoryBytes(int rows, int columns, int components)
    {
        long result = sizeof(float) * ((long)rows * components + (long)columns * components) + 2 * 64 * sizeof(double) * (long)columns;
        var solver = Choose(rows, columns);
        long size = solver == PcaSolver.Covariance ? columns : rows;
        return result + (solver == PcaSolver.Randomized ? PcaDirections.RandomizedBytes(columns, components) : 2 * sizeof(double) * size * size + ScatterMatrix.MemoryBytes(rows, columns));
    }

    internal static PcaSolver Choose(int rows, int columns) =>
        columns <= rows && columns <= LargestExact ? PcaSolver.Covariance : rows <= LargestExact ? PcaSolver.Gram : columns <= LargestExact ? PcaSolver.Covariance : PcaSolver.Randomized;

    private static void Check(IVectorRows rows, int components)
    {
        VectorCheck.NotEmpty(rows);
        var most = Math.Min(rows.Rows, rows.Columns);
        if (components < 1 || components > most)
            throw new VectorException($"components is {components}, and {rows.Rows} vectors of {rows.Columns} numbers have {most} principal components: ask for 1 to {most}.");
        if ((long)rows.Rows * components > Array.MaxLength || (long)rows.Columns * components > Array.MaxLength)
            throw new VectorException($"components is {components}: the coordinates of {rows.Rows} vectors of {rows.Columns} numbers would not fit one array. Ask for fewer.");
    }

    private static void Fits(PcaSolver solver, IVectorRows rows)
    {
        var (size, what) = solver switch { PcaSolver.Covariance => (rows.Columns, "columns"), PcaSolver.Gram => (rows.Rows, "rows"), _ => (0, "") };
        if (size > LargestExact) throw new VectorException($"solver is {solver}, which takes {LargestExact} {what} at the most, and there are {size}: take another, or leave it out.");
    }

    private static void Orient(VectorTable coordinates, float[] directions, int columns)
    {
        var components = coordinates.Columns;
        for (var component = 0; component < components; component++)
        {
            float largest = 0;
            for (var at = component; at < coordinates.Values.Length; at += components)
            {
                if (Math.Abs(coordinates.Values[at]) > Math.Abs(largest)) largest = coordinates.Values[at];
            }
            if (largest >= 0) continue;
            for (var at = component; at < coordinates.Values.Length; at += components) coordinates.Values[at] = -coordinates.Values[at];
            foreach (ref var value in directions.AsSpan(component * columns, columns)) value = -value;
        }
    }
}
