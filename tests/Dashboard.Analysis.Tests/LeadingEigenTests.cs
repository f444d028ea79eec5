namespace Dashboard.Analysis.Tests;

public sealed class LeadingEigenTests
{
    // Residuals and angles are rounding errors of float64, some 1e-15 a number, over a thousand numbers.
    private const double Close = 1e-11;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(40, 40)]
    [InlineData(300, 5)]
    [InlineData(300, 300)]
    public void Of_SymmetricMatrix_GivesItsLargestPairs(int size, int count)
    {
        var matrix = Product(Made.Normal(size, size, 3));

        var (values, vectors) = LeadingEigen.Of((double[])matrix.Clone(), size, count, new ComputeOptions());

        AssertPairs(matrix, size, values, vectors);
        if (count == size) Assert.Equal(Enumerable.Range(0, size).Sum(i => matrix[i * size + i]), values.Sum(), Close * values[0] * size);
    }

    [Fact]
    public void Of_FewOfMany_AreThoseOfTheWholeMatrix()
    {
        const int size = 300;
        var matrix = Product(Made.Normal(size, size, 4));

        var some = LeadingEigen.Of((double[])matrix.Clone(), size, 10, new ComputeOptions());
        var all = LeadingEigen.Dense((double[])matrix.Clone(), size, size, new ComputeOptions());

        for (var at = 0; at < 10; at++) Assert.Equal(all.Values[at], some.Values[at], Close * all.Values[0]);
    }

    [Fact]
    public void Of_EigenvaluesThatRepeat_FindsEachAsOftenAsItOccurs()
    {
        // The identity of 20 and zeros: a Krylov space closes at once.
        const int size = 400;
        var matrix = new double[size * size];
        for (var i = 0; i < 20; i++) matrix[i * 7 * size + i * 7] = 1;

        var (values, vectors) = LeadingEigen.Of((double[])matrix.Clone(), size, 30, new ComputeOptions());

        for (var at = 0; at < 30; at++) Assert.Equal(at < 20 ? 1 : 0, values[at], Close);
        AssertPairs(matrix, size, values, vectors);
    }

    [Fact]
    public void Of_AnyNumberOfThreads_GivesTheSameBits()
    {
        const int size = 600;
        var matrix = Product(Made.Normal(size, size, 5));

        var one = LeadingEigen.Of((double[])matrix.Clone(), size, 8, new ComputeOptions { Threads = 1 });
        var seven = LeadingEigen.Of((double[])matrix.Clone(), size, 8, new ComputeOptions { Threads = 7 });

        Assert.Equal(one.Values, seven.Values);
        Assert.Equal(one.Vectors, seven.Vectors);
    }

    private static void AssertPairs(double[] matrix, int size, double[] values, double[][] vectors)
    {
        for (var at = 0; at < values.Length; at++)
        {
            if (at > 0) Assert.True(values[at] <= values[at - 1]);
            for (var row = 0; row < size; row++)
            {
                double product = 0;
                for (var column = 0; column < size; column++) product += matrix[row * size + column] * vectors[at][column];
                Assert.Equal(values[at] * vectors[at][row], product, Close * Math.Max(1, values[0]));
            }
            for (var other = 0; other <= at; other++)
                Assert.Equal(other == at ? 1 : 0, vectors[at].Zip(vectors[other], (x, y) => x * y).Sum(), Close);
        }
    }

    private static double[] Product(VectorTable table)
    {
        var size = table.Rows;
        var product = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++) product[i * size + j] = product[j * size + i] = VectorDistance.Dot(table.Row(i), table.Row(j));
        }
        return product;
    }
}
