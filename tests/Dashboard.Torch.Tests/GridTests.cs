namespace Dashboard.Torch.Tests;

public sealed class GridTests
{
    [Fact]
    public void Axis_EndsAndMiddle_AreExact()
    {
        var axis = new GridAxis(-0.3, 0.3, 25);

        Assert.Equal((-0.3, 0.0, 0.3), (axis[0], axis[12], axis[24]));
        Assert.Equal(axis.Values().Order(), axis.Values());
    }

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(2, 1, 5)]
    [InlineData(0, double.NaN, 5)]
    [InlineData(0, double.PositiveInfinity, 5)]
    [InlineData(0, 1, 1)]
    public void Axis_ThatIsNone_IsRefused(double from, double to, int points)
    {
        Assert.Throws<TorchInputException>(() => new GridAxis(from, to, points));
    }

    [Fact]
    public void Grid_TooLarge_IsRefusedWithTheLimit()
    {
        var axis = new GridAxis(0, 1, 10_000);

        Assert.Contains("1000000 are the most", Assert.Throws<TorchInputException>(() => new LandscapeGrid(axis, axis)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tiles_CoverEveryPointOnce()
    {
        var grid = new LandscapeGrid(new(0, 6, 7), new(0, 3, 4), 5);

        var points = Enumerable.Range(0, grid.Tiles).SelectMany(index =>
        {
            var (first, count) = grid.Tile(index);
            return grid.Coordinates(first, count).Chunk(2).Select(pair => (pair[0], pair[1]));
        });

        Assert.Equal(from y in Enumerable.Range(0, 4) from x in Enumerable.Range(0, 7) select ((double)x, (double)y), points);
    }
}
