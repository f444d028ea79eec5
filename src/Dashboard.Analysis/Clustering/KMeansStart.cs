using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>One start of <see cref="KMeans"/>. Distances are compared in float32 around the mean of all vectors, sums are kept in float64.</summary>
internal sealed class KMeansStart
{
    private const int BlockRows = 1024;

    private readonly IVectorRows _rows;
    private readonly CentredRows _centred;
    private readonly KMeansOptions _options;
    private readonly ComputeOptions _compute;
    private readonly int _start;
    private readonly int _clusters;
    private readonly double _enough;
    private readonly float[] _centre;
    private readonly VectorTable _centres;
    private readonly int[] _labels;
    private readonly float[] _apart;

    public KMeansStart(IVectorRows rows, ColumnMoments moments, KMeansOptions options, int start, ComputeOptions compute)
    {
        (_rows, _options, _compute, _start, _clusters) = (rows, options, compute, start, options.Clusters);
        _centre = Array.ConvertAll(moments.Mean, mean => (float)mean);
        _centred = new CentredRows(rows, _centre);
        _enough = options.Tolerance * moments.Squares.Sum() / rows.Rows / rows.Columns;
        _centres = new VectorTable(_clusters, rows.Columns);
        (_labels, _apart) = (new int[rows.Rows], new float[rows.Rows]);
    }

    public KMeansResult Run(double from, double to)
    {
        First();
        var (iteration, converged) = (0, false);
        while (iteration < _options.Iterations && !converged)
        {
            _compute.Cancellation.ThrowIfCancellationRequested();
            var sums = Assign(withSums: true)!;
            converged = Move(sums) <= _enough;
            iteration++;
            // Most starts rest long before their last round: each takes a tenth of what is left.
            _compute.Progress?.Report(from + (to - from) * (1 - Math.Pow(0.9, iteration)));
        }
        Assign(withSums: false);
        var centres = new VectorTable(_clusters, _rows.Columns);
        for (var cluster = 0; cluster < _clusters; cluster++) TensorPrimitives.Add<float>(_centres.Row(cluster), _centre, centres.Row(cluster));
        return new KMeansResult(_labels, centres, Inertia(), iteration, converged);
    }

    // Each next centre is a vector, drawn by its squared distance from those there are.
    private void First()
    {
        var random = new SeededRandom(_options.Seed, _start);
        var squared = new double[_rows.Rows];
        squared.AsSpan().Fill(double.PositiveInfinity);
        var sums = new double[Blocks.Count(_rows.Rows, BlockRows)];
        var drawn = random.Next(_rows.Rows);
        for (var cluster = 0; cluster < _clusters; cluster++)
        {
            _centred.Read(drawn, _centres.Row(cluster));
            if (cluster == _clusters - 1) return;
            var centre = _centres.Values.AsMemory(cluster * _rows.Columns, _rows.Columns);
            ForRows((block, row, vector) =>
            {
                squared[row] = Math.Min(squared[row], VectorDistance.Squared(vector, centre.Span));
                sums[block] += squared[row];
            }, block => sums[block] = 0);
            drawn = Draw(squared, sums, (random.Next() >> 11) * (1.0 / (1L << 53)));
        }
    }

    private int Draw(double[] squared, double[] sums, double share)
    {
        var left = share * sums.Sum();
        var block = 0;
        while (block < sums.Length - 1 && left >= sums[block]) left -= sums[block++];
        var (row, end) = (block * BlockRows, Math.Min(_rows.Rows, (block + 1) * BlockRows) - 1);
        while (row < end && left >= squared[row]) left -= squared[row++];
        return row;
    }

    // Labels, and how far each vector is from its centre; the sums of each cluster's vectors on the way.
    private double[][]? Assign(bool withSums)
    {
        var products = new DirectionProducts(_centres.Values, _clusters, _rows.Columns);
        var halves = new float[_clusters];
        for (var cluster = 0; cluster < _clusters; cluster++) halves[cluster] = (float)(VectorDistance.Dot(_centres.Row(cluster), _centres.Row(cluster)) / 2);
        if (withSums)
        {
            return WeightedSums.Of(_centred, _clusters, _compute, new Advance(_compute with { Progress = null }, 0, 1, 1), (first, block, weights) =>
            {
                products.Fill(block, 0, block.Rows, weights, 0, _compute);
                Label(first, block.Rows, weights, halves, row => block.Row(row - first));
                weights.AsSpan(0, block.Rows * _clusters).Clear();
                for (var row = 0; row < block.Rows; row++) weights[row * _clusters + _labels[first + row]] = 1;
            });
        }
        var found = new float[Math.Min(_rows.Rows, BlockRows) * _clusters];
        for (var first = 0; first < _rows.Rows; first += BlockRows)
        {
            var count = Math.Min(BlockRows, _rows.Rows - first);
            products.Fill(_centred, first, count, found, 0, _compute);
            Label(first, count, found, halves, null);
        }
        return null;
    }

    private delegate ReadOnlySpan<float> Vector(int row);

    private void Label(int first, int count, float[] products, float[] halves, Vector? vectors) => Blocks.For(count, 128, _compute, (_, from, to) =>
    {
        for (var row = from; row < to; row++)
        {
            var (best, nearest) = (float.PositiveInfinity, 0);
            for (var cluster = 0; cluster < _clusters; cluster++)
            {
                // Half of ‖c‖² − 2xc: ‖x‖² is the same for all.
                var distance = halves[cluster] - products[row * _clusters + cluster];
                if (distance < best) (best, nearest) = (distance, cluster);
            }
            _labels[first + row] = nearest;
            if (vectors is not null) _apart[first + row] = TensorPrimitives.SumOfSquares(vectors(first + row)) + 2 * best;
        }
    });

    // Centres go to the means; says how far they went, squared. An empty cluster gets the vector that is farthest from its own centre.
    private double Move(double[][] sums)
    {
        var sizes = new int[_clusters];
        foreach (var label in _labels) sizes[label]++;
        double moved = 0;
        var mean = new float[_rows.Columns];
        for (var cluster = 0; cluster < _clusters; cluster++)
        {
            if (sizes[cluster] == 0)
            {
                var farthest = TensorPrimitives.IndexOfMax<float>(_apart);
                if (_apart[farthest] <= 0) continue;
                _centred.Read(farthest, mean);
                _apart[farthest] = 0;
            }
            else
            {
                for (var column = 0; column < mean.Length; column++) mean[column] = (float)(sums[cluster][column] / sizes[cluster]);
            }
            moved += VectorDistance.Squared(mean, _centres.Row(cluster));
            mean.CopyTo(_centres.Row(cluster));
        }
        return moved;
    }

    private double Inertia()
    {
        var sums = new double[Blocks.Count(_rows.Rows, BlockRows)];
        ForRows((block, row, vector) => sums[block] += VectorDistance.Squared(vector, _centres.Row(_labels[row])), block => sums[block] = 0);
        return sums.Sum();
    }

    private delegate void RowAction(int block, int row, ReadOnlySpan<float> vector);

    private void ForRows(RowAction action, Action<int> start) => Blocks.For(_rows.Rows, BlockRows, _compute, (block, from, to) =>
    {
        start(block);
        var buffer = new RowBuffer(_centred);
        var chunk = RowBuffer.Chunk(_rows.Columns);
        for (var first = from; first < to; first += chunk)
        {
            _compute.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(chunk, to - first);
            var values = buffer.Read(first, count);
            for (var row = 0; row < count; row++) action(block, first + row, values.Slice(row * _rows.Columns, _rows.Columns));
        }
    });
}
