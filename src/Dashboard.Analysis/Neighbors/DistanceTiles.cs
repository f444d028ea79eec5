using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>Squared distances between two blocks of rows, ‖a‖² + ‖b‖² − 2ab in float32, offered to the heaps of both as they come.</summary>
internal sealed unsafe class DistanceTiles
{
    // A tile and its operands fit the second cache.
    private const int TileLeft = 10;
    private const int TileRight = 8;
    private const int Width = TileRight * TileKernel.Right;

    private readonly Panels _left;
    private readonly Panels _right;
    private readonly float[] _values;
    private readonly AlignedArray<float> _tile = new(TileLeft * TileKernel.Left * Width, zeros: false);

    public DistanceTiles(int rows, int columns)
    {
        _left = new Panels(TileKernel.Left, rows, columns);
        _right = new Panels(TileKernel.Right, rows, columns);
        _values = new float[checked(rows * columns)];
    }

    /// <summary>‖row‖², added in the order of the kernel's products: the distance of equal rows is then 0 exactly.</summary>
    public static float SquaredNorm(ReadOnlySpan<float> row)
    {
        var sum = 0f;
        foreach (var value in row) sum = MathF.FusedMultiplyAdd(value, value, sum);
        return sum;
    }

    /// <summary>Goes over all pairs of two blocks.</summary>
    /// <param name="rows">Rows, centred.</param>
    /// <param name="left">First row and number of the one block.</param>
    /// <param name="right">The other one's, which lies behind; or the same.</param>
    /// <param name="norms">Squared norms of all rows, NaN behind the last.</param>
    /// <param name="heaps">Where candidates go.</param>
    /// <param name="names">By which number each row is offered.</param>
    /// <param name="locks">Held while candidates of the blocks go in: the left block's, then the right one's.</param>
    /// <param name="cancellation">Asked between tiles.</param>
    public void Offer(IVectorRows rows, (int First, int Count) left, (int First, int Count) right, float* norms, NeighborHeaps heaps, int[] names, (Lock Left, Lock Right) locks, CancellationToken cancellation)
    {
        Pack(rows, left.First, left.Count, _left);
        Pack(rows, right.First, right.Count, _right);
        var same = left.First == right.First;
        for (var j = 0; j < _right.Count; j += TileRight)
        {
            for (var i = 0; i < _left.Count; i += TileLeft)
            {
                // Within a block, pairs below the diagonal are those above it.
                if (same && (j + TileRight) * TileKernel.Right <= i * TileKernel.Left) continue;
                cancellation.ThrowIfCancellationRequested();
                var (leftEnd, rightEnd) = (Math.Min(_left.Count, i + TileLeft), Math.Min(_right.Count, j + TileRight));
                Panels.Multiply(_left, i, leftEnd, _right, j, rightEnd, _tile.Pointer, Width);
                var (firstRow, firstColumn) = (left.First + i * TileKernel.Left, right.First + j * TileKernel.Right);
                var count = Math.Min(left.Count - i * TileKernel.Left, (leftEnd - i) * TileKernel.Left);
                var columns = Math.Min(right.Count - j * TileKernel.Right, (rightEnd - j) * TileKernel.Right);
                lock (locks.Left)
                {
                    lock (locks.Right)
                    {
                        for (var row = 0; row < count; row++) OfferRow(firstRow + row, firstColumn, columns, _tile.Pointer + row * Width, norms, heaps, names, same);
                    }
                }
            }
        }
    }

    private void Pack(IVectorRows rows, int first, int count, Panels panels)
    {
        var values = _values.AsSpan(0, count * rows.Columns);
        rows.Read(first, values);
        panels.PackRows(values, count, rows.Columns);
    }

    private static void OfferRow(int row, int firstColumn, int columns, float* products, float* norms, NeighborHeaps heaps, int[] names, bool onlyBehind)
    {
        var norm = Vector512.Create(norms[row]);
        var worst = Vector512.Create(heaps.Worst[row]);
        var minusTwo = Vector512.Create(-2f);
        var otherNorms = norms + firstColumn;
        var otherWorst = heaps.Worst + firstColumn;
        var first = onlyBehind ? Math.Max(0, row + 1 - firstColumn) : 0;
        for (var column = first & -Vector512<float>.Count; column < columns; column += Vector512<float>.Count)
        {
            var distance = Vector512.FusedMultiplyAdd(Vector512.Load(products + column), minusTwo, norm + Vector512.Load(otherNorms + column));
            var hits = Vector512.LessThanOrEqual(distance, Vector512.Max(worst, Vector512.Load(otherWorst + column)));
            var bits = Vector512.ExtractMostSignificantBits(hits);
            if (bits == 0) continue;
            for (; bits != 0; bits &= bits - 1)
            {
                var at = column + System.Numerics.BitOperations.TrailingZeroCount(bits);
                if (at >= columns) break;
                if (at < first) continue;
                var value = distance[at - column];
                if (value <= heaps.Worst[row]) heaps.Offer(row, value, names[firstColumn + at]);
                if (value <= heaps.Worst[firstColumn + at]) heaps.Offer(firstColumn + at, value, names[row]);
            }
            worst = Vector512.Create(heaps.Worst[row]);
        }
    }
}
