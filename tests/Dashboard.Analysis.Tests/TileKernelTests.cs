namespace Dashboard.Analysis.Tests;

public sealed unsafe class TileKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    public void Run_EitherWidth_GivesTheSameBits(int columns)
    {
        var random = new Random(1);
        var (a, b) = (new AlignedArray<float>(12 * columns), new AlignedArray<float>(32 * columns));
        foreach (ref var value in a.Span) value = random.NextSingle() - 0.5f;
        foreach (ref var value in b.Span) value = random.NextSingle() - 0.5f;
        var (wide, narrow) = (new AlignedArray<float>(12 * 32), new AlignedArray<float>(12 * 32));

        TileKernel.Run512(columns, a.Pointer, b.Pointer, wide.Pointer, 32, add: false);
        TileKernel.Run256(columns, a.Pointer, b.Pointer, narrow.Pointer, 32, add: false);

        Assert.Equal(narrow.Span.ToArray(), wide.Span.ToArray());
        TileKernel.Run512(columns, a.Pointer, b.Pointer, wide.Pointer, 32, add: true);
        TileKernel.Run256(columns, a.Pointer, b.Pointer, narrow.Pointer, 32, add: true);
        Assert.Equal(narrow.Span.ToArray(), wide.Span.ToArray());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(13, 33, 5)]
    [InlineData(50, 70, 1100)]
    public void Multiply_AnyShape_GivesAllScalarProducts(int rows, int others, int columns)
    {
        var (a, b) = (Made.Normal(rows, columns, 1), Made.Normal(others, columns, 2));
        var left = new Panels(TileKernel.Left, rows, columns);
        var right = new Panels(TileKernel.Right, others, columns);
        left.PackRows(a.Values, rows, columns);
        right.PackRows(b.Values, others, columns);
        var stride = right.Count * TileKernel.Right;
        var products = new AlignedArray<float>(left.Count * TileKernel.Left * stride);

        Panels.Multiply(left, 0, left.Count, right, 0, right.Count, products.Pointer, stride);

        for (var i = 0; i < rows; i++)
        {
            // Up to 1,100 roundings of sums of size ten, at 6e-8 each and in either direction.
            for (var j = 0; j < others; j++) Assert.Equal(VectorDistance.Dot(a.Row(i), b.Row(j)), products.Pointer[i * stride + j], 5e-5);
        }
    }
}
