using System.Numerics.Tensors;

namespace Dashboard.Analysis;

/// <summary>For each point, how far down the list of its true neighbours those on the picture stand.</summary>
internal sealed unsafe class NeighborRanks
{
    private const int BlockRows = 16;

    // Sums of squares of float32 differences are off by some 1e-7 for each power of two of their length.
    private const double Rounding = 4e-6;

    // A float32 coordinate is off by half of this, as a share of its size.
    private const double Coordinate = 1.2e-7;

    private readonly VectorTable _vectors;
    private readonly VectorTable _points;
    private readonly int _trusted;
    private readonly int _preserved;
    private readonly double _vectorSize;
    private readonly double _pointSize;

    public NeighborRanks(VectorTable vectors, VectorTable points, int trusted, int preserved)
    {
        (_vectors, _points, _trusted, _preserved) = (vectors, points, trusted, preserved);
        (_vectorSize, _pointSize) = (Size(vectors), Size(points));
    }

    /// <summary>The sum of ranks beyond the trusted ones, and of neighbours that were kept.</summary>
    public (double Penalty, double Kept) Sum(ComputeOptions options)
    {
        var rows = _vectors.Rows;
        var sums = new (long Penalty, long Kept)[Blocks.Count(rows, BlockRows)];
        var advance = new Advance(options, 0, 1, rows);
        using var pinned = _vectors.Values.AsMemory().Pin();
        var values = (nint)pinned.Pointer;
        var places = new nint[rows];
        for (var row = 0; row < rows; row++) places[row] = values + (nint)row * _vectors.Columns * sizeof(float);
        Blocks.For(rows, BlockRows, options, (block, from, to) =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var distances = new float[(to - from) * rows];
            SquaredDistances.Fill(places.AsSpan(from, to - from), places, _vectors.Columns, distances, rows, upper: false);
            var nearest = new NearestList(Math.Max(_trusted, _preserved));
            for (var row = from; row < to; row++)
            {
                var (penalty, kept) = OfRow(row, distances.AsSpan((row - from) * rows, rows), nearest);
                sums[block].Penalty += penalty;
                sums[block].Kept += kept;
            }
            advance.Step(to - from);
        });
        return (sums.Sum(sum => sum.Penalty), sums.Sum(sum => sum.Kept));
    }

    private (int Penalty, int Kept) OfRow(int row, Span<float> distances, NearestList nearest)
    {
        nearest.Clear();
        for (var other = 0; other < distances.Length; other++)
        {
            if (other != row) nearest.Offer(other, VectorDistance.Squared(_points.Row(row), _points.Row(other)));
        }
        // It does not stand in its own list.
        distances[row] = float.PositiveInfinity;
        var (penalty, kept, at) = (0, 0, 0);
        foreach (var neighbor in nearest.Nearest)
        {
            var rank = Rank(row, neighbor, distances);
            if (at < _trusted) penalty += Math.Max(0, rank - _trusted);
            if (at++ < _preserved && rank <= _preserved) kept++;
        }
        return (penalty, kept);
    }

    private int Rank(int row, Neighbor neighbor, ReadOnlySpan<float> distances)
    {
        var distance = distances[neighbor.Row];
        var band = Band(distance, _vectorSize);
        var (low, high) = ((float)(distance - band), (float)(distance + band));
        var rank = 1;
        for (var other = 0; other < distances.Length; other++)
        {
            if (distances[other] < low) rank++;
            else if (distances[other] <= high && other != neighbor.Row && IsBefore(row, other, neighbor, distances)) rank++;
        }
        return rank;
    }

    private bool IsBefore(int row, int other, Neighbor neighbor, ReadOnlySpan<float> distances)
    {
        var onPicture = VectorDistance.Squared(_points.Row(row), _points.Row(other));
        if (Math.Abs(onPicture - neighbor.Distance) <= Band(neighbor.Distance, _pointSize)) return false;
        return distances[other] < distances[neighbor.Row] || (distances[other] == distances[neighbor.Row] && other < neighbor.Row);
    }

    // By how much a squared distance may be off.
    private static double Band(double squared, double size) => Rounding * squared + 4 * Coordinate * size * Math.Sqrt(squared);

    private static double Size(VectorTable table) => Math.Abs(TensorPrimitives.MaxMagnitude<float>(table.Values));
}
