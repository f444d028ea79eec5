namespace Dashboard.Analysis.Tests;

public sealed class VectorRowsTests
{
    private static readonly ComputeOptions Compute = new();

    [Fact]
    public void Finite_SeveralFaults_SaysTheFirst()
    {
        var table = Made.Normal(20_000, 5, 1);
        VectorCheck.Finite(table, Compute);
        table.Row(19_000)[0] = float.NaN;
        table.Row(17)[3] = float.NaN;
        table.Row(17)[4] = float.PositiveInfinity;

        var fault = Assert.Throws<VectorException>(() => VectorCheck.Finite(table, Compute));

        Assert.StartsWith("Row 17, column 3 of the vectors is NaN:", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void Finite_NoVectors_SaysSo(int rows, int columns) =>
        Assert.Contains("at least one of each", Assert.Throws<VectorException>(() => VectorCheck.Finite(new VectorTable(rows, columns), Compute)).Message, StringComparison.Ordinal);

    [Fact]
    public void StandardizedRows_FarFromTheOrigin_HaveMeanZeroAndDeviationOne()
    {
        var table = Made.Normal(3000, 10, 2, shift: 500);
        for (var row = 0; row < table.Rows; row++) table.Row(row)[4] = 0.1f;

        var rows = VectorTable.Of(StandardizedRows.Of(table, Compute));

        for (var column = 0; column < 10; column++)
        {
            var values = Enumerable.Range(0, rows.Rows).Select(row => (double)rows.Row(row)[column]).ToArray();
            // Rounded numbers of size one, 3,000 of them.
            Assert.Equal(0, values.Average(), 1e-6);
            Assert.Equal(column == 4 ? 0 : 1, values.Average(value => value * value), 1e-5);
        }
    }

    [Fact]
    public void StandardizedRows_OneRow_IsZero() => Assert.Equal([0, 0], VectorTable.Of(StandardizedRows.Of(new VectorTable(1, 2, [3, -7e30f]), Compute)).Values);

    [Fact]
    public void UnitRows_AnyLength_HaveLengthOne()
    {
        var rows = VectorTable.Of(new UnitRows(new VectorTable(5, 2, [3, 4, 0, 0, 1e-41f, 0, 3e38f, 3e38f, -2, 0])));

        float[] expected = [0.6f, 0.8f, 0, 0, 1, 0, MathF.Sqrt(0.5f), MathF.Sqrt(0.5f), -1, 0];
        // One rounding of the factor and one of the product.
        for (var at = 0; at < expected.Length; at++) Assert.Equal(expected[at], rows.Values[at], 2e-7f);
    }
}
