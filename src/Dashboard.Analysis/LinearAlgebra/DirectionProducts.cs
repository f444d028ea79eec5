using System.Collections.Concurrent;

namespace Dashboard.Analysis;

/// <summary>Scalar products of many rows with a few directions.</summary>
internal sealed unsafe class DirectionProducts
{
    private const int MostRows = 240;
    private const int BlockNumbers = 1 << 18;

    private readonly Panels _directions;
    private readonly int _count;
    private readonly int _blockRows;
    private readonly ConcurrentBag<Workspace> _free = [];

    /// <param name="directions">count × columns numbers.</param>
    /// <param name="count">Directions.</param>
    /// <param name="columns">Numbers of each.</param>
    public DirectionProducts(float[] directions, int count, int columns)
    {
        _count = count;
        _directions = new Panels(TileKernel.Right, count, columns);
        _directions.PackRows(directions, count, columns);
        _blockRows = Math.Clamp(BlockNumbers / columns / TileKernel.Left * TileKernel.Left, TileKernel.Left, MostRows);
    }

    /// <summary>Products of some rows: <paramref name="rowCount"/> × count numbers.</summary>
    public void Fill(IVectorRows rows, int first, int rowCount, float[] result, int resultRow, ComputeOptions options, Advance? advance = null)
    {
        Blocks.For(rowCount, _blockRows, options, (_, from, to) =>
        {
            if (!_free.TryTake(out var space)) space = new Workspace(_blockRows, rows.Columns, _directions.Count * TileKernel.Right);
            var values = space.Values.AsSpan(0, (to - from) * rows.Columns);
            rows.Read(first + from, values);
            space.Panels.PackRows(values, to - from, rows.Columns);
            var stride = _directions.Count * TileKernel.Right;
            Panels.Multiply(space.Panels, 0, space.Panels.Count, _directions, 0, _directions.Count, space.Products.Pointer, stride);
            for (var row = from; row < to; row++)
                space.Products.Span.Slice((row - from) * stride, _count).CopyTo(result.AsSpan((resultRow + row) * _count, _count));
            _free.Add(space);
            advance?.Step(to - from);
        });
    }

    private sealed class Workspace(int rows, int columns, int stride)
    {
        public float[] Values { get; } = new float[rows * columns];

        public Panels Panels { get; } = new(TileKernel.Left, rows, columns);

        public AlignedArray<float> Products { get; } = new((long)rows * stride, zeros: false);
    }
}
