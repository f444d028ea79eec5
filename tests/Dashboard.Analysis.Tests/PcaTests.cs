namespace Dashboard.Analysis.Tests;

[Collection(DigitsGroup.Name)]
public sealed class PcaTests(DigitsFixture digits)
{
    private static readonly ComputeOptions Compute = new();

    [Theory]
    [InlineData(null, PcaSolver.Covariance)]
    [InlineData(PcaSolver.Gram, PcaSolver.Gram)]
    [InlineData(PcaSolver.Randomized, PcaSolver.Randomized)]
    public void Fit_Digits_ExplainsWhatScikitLearnSays(PcaSolver? asked, PcaSolver solver)
    {
        var result = Pca.Fit(digits.Vectors, 2, new PcaOptions { Solver = asked }, Compute);

        Assert.Equal(solver, result.Solver);
        // The known figures have six digits.
        Assert.Equal(0.148906, result.ExplainedVarianceRatio[0], 5e-7);
        Assert.Equal(0.136188, result.ExplainedVarianceRatio[1], 5e-7);
        // scikit-learn 1.2's first row, in its signs; float32 coordinates of size 20, and a randomised direction is off by a little more.
        Assert.Equal(-1.259466, result.Coordinates.Row(0)[0], solver == PcaSolver.Covariance ? 1e-4 : 1e-3);
        Assert.Equal(21.274883, result.Coordinates.Row(0)[1], solver == PcaSolver.Covariance ? 1e-4 : 1e-3);
    }

    [Fact]
    public void Fit_Digits_GivesVarianceAndOrthonormalComponentsOfTheCoordinates()
    {
        var result = Pca.Fit(digits.Vectors, 10, new PcaOptions(), Compute);

        for (var i = 0; i < 10; i++)
        {
            var along = Enumerable.Range(0, result.Coordinates.Rows).Select(row => (double)result.Coordinates.Row(row)[i]).ToArray();
            Assert.Equal(result.ExplainedVariance[i], along.Sum(value => value * value) / (along.Length - 1), 1e-5 * result.ExplainedVariance[0]);
            Assert.Equal(0, along.Average(), 1e-4);
            for (var j = 0; j <= i; j++) Assert.Equal(i == j ? 1 : 0, VectorDistance.Dot(result.Components.AsSpan(i * 64, 64), result.Components.AsSpan(j * 64, 64)), 1e-6);
        }
    }

    [Theory]
    [InlineData(900, 30, PcaSolver.Covariance)]
    [InlineData(30, 900, PcaSolver.Gram)]
    [InlineData(300, 200, PcaSolver.Randomized)]
    public void Fit_FarFromTheOrigin_GivesTheVarianceOfFloat64(int rows, int columns, PcaSolver solver)
    {
        var table = Made.Normal(rows, columns, 6, shift: 100);
        var expected = Variances(table);

        var result = Pca.Fit(table, 8, new PcaOptions { Solver = solver }, Compute);

        // Exact: small tables are added up in float64, from float32 numbers less a float32 mean. Randomised: eight powers of spectra that fall like these.
        for (var at = 0; at < 8; at++) Assert.Equal(1, result.ExplainedVariance[at] / expected[at], solver == PcaSolver.Randomized ? 1e-4 : 1e-6);
    }

    [Theory]
    [InlineData(PcaSolver.Covariance)]
    [InlineData(PcaSolver.Gram)]
    [InlineData(PcaSolver.Randomized)]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits(PcaSolver solver)
    {
        var one = Pca.Fit(digits.Vectors, 5, new PcaOptions { Solver = solver }, new ComputeOptions { Threads = 1 });
        var seven = Pca.Fit(digits.Vectors, 5, new PcaOptions { Solver = solver }, new ComputeOptions { Threads = 7 });

        Assert.Equal(one.Coordinates.Values, seven.Coordinates.Values);
        Assert.Equal(one.Components, seven.Components);
        Assert.Equal(one.ExplainedVariance, seven.ExplainedVariance);
    }

    [Fact]
    public void Fit_TwoPoints_LiesOnOneLine()
    {
        var result = Pca.Fit(new VectorTable(2, 3, [0, 0, 0, 3, 4, 0]), 2, new PcaOptions(), Compute);

        Assert.Equal([12.5, 0], result.ExplainedVariance.Select(value => Math.Round(value, 5)));
        Assert.Equal([1, 0], result.ExplainedVarianceRatio.Select(value => Math.Round(value, 5)));
        Assert.Equal(2.5, Math.Abs(result.Coordinates.Row(0)[0]), 1e-5);
        Assert.Equal(0, result.Coordinates.Row(1)[1], 1e-5);
        Assert.Equal(1, VectorDistance.Dot(result.Components.AsSpan(3, 3), result.Components.AsSpan(3, 3)), 1e-6);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(50, 4)]
    public void Fit_NothingVaries_GivesZeros(int rows, int columns)
    {
        var table = new VectorTable(rows, columns);
        table.Values.AsSpan().Fill(7.3f);

        var result = Pca.Fit(table, 1, new PcaOptions(), Compute);

        Assert.All(result.Coordinates.Values, value => Assert.Equal(0, value));
        Assert.Equal([0.0], result.ExplainedVariance);
        Assert.Equal([0.0], result.ExplainedVarianceRatio);
        Assert.Equal(7.3, result.Mean[0], 1e-6);
    }

    [Theory]
    [InlineData(9000, 200, PcaSolver.Covariance)]
    [InlineData(200, 9000, PcaSolver.Gram)]
    public void Fit_TooLargeForFloat64_GivesItsVariance(int rows, int columns, PcaSolver solver)
    {
        var table = Made.Normal(rows, columns, 10, shift: 3);
        var expected = Variances(table);

        var result = Pca.Fit(table, 4, new PcaOptions { Solver = solver }, Compute);

        // float32 products, whose errors of 6e-8 are drawn in either direction; the fourth variance is a sixteenth of the first.
        for (var at = 0; at < 4; at++) Assert.Equal(1, result.ExplainedVariance[at] / expected[at], 1e-6);
    }

    [Fact]
    public void Fit_LongVectors_TakesTheRows()
    {
        var table = Made.Normal(12, 120_000, 8);

        var result = Pca.Fit(table, 3, new PcaOptions(), Compute);

        Assert.Equal(PcaSolver.Gram, result.Solver);
        Assert.Equal(1, result.ExplainedVariance[0] / Variances(table)[0], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Fit_MoreComponentsThanThereAre_SaysHowMany(int components)
    {
        var fault = Assert.Throws<VectorException>(() => Pca.Fit(new VectorTable(3, 20), components, new PcaOptions(), Compute));

        Assert.Contains("3 principal components", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NotANumber_SaysWhere()
    {
        var table = Made.Normal(5000, 6, 9);
        table.Row(4321)[2] = float.NaN;

        var fault = Assert.Throws<VectorException>(() => Pca.Fit(table, 2, new PcaOptions(), Compute));

        Assert.StartsWith("Row 4321, column 2 of the vectors is NaN:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Pca.Fit(digits.Vectors, 2, new PcaOptions(), new ComputeOptions { Cancellation = source.Token }));
    }

    [Fact]
    public void Fit_Watched_TellsRisingSharesUpToOne()
    {
        var told = new Told();

        Pca.Fit(digits.Vectors, 2, new PcaOptions(), new ComputeOptions { Progress = told });

        Assert.Equal(told.Shares.Order(), told.Shares);
        Assert.Equal(1, told.Shares[^1]);
    }

    private static double[] Variances(VectorTable table)
    {
        var (rows, columns) = (table.Rows, table.Columns);
        var size = Math.Min(rows, columns);
        var wide = table.Values.Select(value => (double)value).ToArray();
        for (var column = 0; column < columns; column++)
        {
            var mean = Enumerable.Range(0, rows).Average(row => wide[row * columns + column]);
            for (var row = 0; row < rows; row++) wide[row * columns + column] -= mean;
        }
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                if (columns <= rows) for (var row = 0; row < rows; row++) sum += wide[row * columns + i] * wide[row * columns + j];
                else for (var column = 0; column < columns; column++) sum += wide[i * columns + column] * wide[j * columns + column];
                matrix[i * size + j] = matrix[j * size + i] = sum / (rows - 1);
            }
        }
        return LeadingEigen.Dense(matrix, size, Math.Min(8, size), Compute).Values;
    }
}
