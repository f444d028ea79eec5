namespace Dashboard.Analysis;

/// <summary>(b − a)/max(a, b), with a vector's mean distance a to the others of its cluster and b to those of the nearest other one; 0 for a vector alone in its cluster [Rousseeuw 1987].</summary>
public static unsafe class Silhouette
{
    private const int BlockRows = 16;

    // The sample's vectors are in memory: a gigabyte of them at the most.
    private const long SampleNumbers = 1 << 28;

    /// <summary>Measures it over all vectors, or a sample of many.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="labels">The cluster of each, from 0.</param>
    /// <param name="options">The sample.</param>
    /// <param name="compute">Threads, progress and cancellation; the result does not depend on it.</param>
    /// <exception cref="VectorException">There is not one label a vector, one is negative, there are fewer than two clusters, or a number is not finite.</exception>
    public static SilhouetteResult Measure(IVectorRows rows, int[] labels, SilhouetteOptions options, ComputeOptions compute)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(compute);
        Check(rows, labels);
        var sample = (int)Math.Min(options.Sample, Math.Max(100, SampleNumbers / rows.Columns));
        if (sample < 2) throw new VectorException($"sample is {options.Sample}: clusters need 2 vectors at least.");
        var sampled = rows.Rows > sample;
        var drawn = sampled ? RowSample.Draw(rows.Rows, sample, options.Seed) : null;
        var table = RowSample.Take(rows, drawn);
        VectorCheck.Finite(table, compute with { Progress = null });
        var own = drawn is null ? labels : Array.ConvertAll(drawn, row => labels[row]);
        var clusters = labels.Max() + 1;
        var widths = Widths(table, own, clusters, compute);
        var (sums, sizes) = (new double[clusters], new int[clusters]);
        for (var row = 0; row < widths.Length; row++)
        {
            sums[own[row]] += widths[row];
            sizes[own[row]]++;
        }
        return new SilhouetteResult(sums.Sum() / widths.Length, [.. sums.Zip(sizes, (sum, size) => sum / size)], widths.Length, sampled);
    }

    private static void Check(IVectorRows rows, int[] labels)
    {
        VectorCheck.NotEmpty(rows);
        if (labels.Length != rows.Rows) throw new VectorException($"labels are {labels.Length}, and there are {rows.Rows} vectors: one for each is needed.");
        var negative = Array.FindIndex(labels, label => label < 0);
        if (negative >= 0) throw new VectorException($"labels[{negative}] is {labels[negative]}: clusters count from 0.");
        if (Array.TrueForAll(labels, label => label == labels[0])) throw new VectorException("labels are all the same: a silhouette compares two clusters at least.");
        if (labels.Max() >= rows.Rows) throw new VectorException($"labels reach {labels.Max()} with {rows.Rows} vectors: number the clusters from 0 without gaps.");
    }

    private static double[] Widths(VectorTable table, int[] labels, int clusters, ComputeOptions options)
    {
        var rows = table.Rows;
        var sizes = new int[clusters];
        foreach (var label in labels) sizes[label]++;
        var widths = new double[rows];
        using var pinned = table.Values.AsMemory().Pin();
        var values = (nint)pinned.Pointer;
        var places = new nint[rows];
        for (var row = 0; row < rows; row++) places[row] = values + (nint)row * table.Columns * sizeof(float);
        var advance = new Advance(options, 0, 1, rows);
        Blocks.For(rows, BlockRows, options, (_, from, to) =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var distances = new float[(to - from) * rows];
            SquaredDistances.Fill(places.AsSpan(from, to - from), places, table.Columns, distances, rows, upper: false);
            var sums = new double[clusters];
            for (var row = from; row < to; row++)
            {
                Array.Clear(sums);
                for (var other = 0; other < rows; other++) sums[labels[other]] += Math.Sqrt(distances[(row - from) * rows + other]);
                widths[row] = Width(labels[row], sums, sizes);
            }
            advance.Step(to - from);
        });
        return widths;
    }

    private static double Width(int label, double[] sums, int[] sizes)
    {
        if (sizes[label] == 1) return 0;
        var inside = sums[label] / (sizes[label] - 1);
        var outside = double.PositiveInfinity;
        for (var cluster = 0; cluster < sums.Length; cluster++)
        {
            if (cluster != label && sizes[cluster] > 0) outside = Math.Min(outside, sums[cluster] / sizes[cluster]);
        }
        // A sample may have none of another cluster; equal vectors have no distances to compare.
        return double.IsInfinity(outside) || Math.Max(inside, outside) == 0 ? 0 : (outside - inside) / Math.Max(inside, outside);
    }
}
