namespace Dashboard.Torch;

/// <summary>
/// The points of a landscape: row-major, rows follow y, each row from the first x to the last. Consecutive points make tiles, which are numbered alike wherever and
/// whenever the same grid is computed.
/// </summary>
public sealed record LandscapeGrid
{
    /// <summary>Points of a grid at the most: a surface of 1,000 × 1,000, more than a screen shows.</summary>
    public const int MostPoints = 1_000_000;

    /// <summary>Makes a grid.</summary>
    /// <param name="x">Coordinates along the first direction.</param>
    /// <param name="y">Coordinates along the second; null for a line.</param>
    /// <param name="tilePoints">Points of a tile.</param>
    /// <exception cref="TorchInputException">More than <see cref="MostPoints"/> points.</exception>
    public LandscapeGrid(GridAxis x, GridAxis? y = null, int tilePoints = 16)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(tilePoints, 1);
        var points = (long)x.Points * (y?.Points ?? 1);
        if (points > MostPoints) throw new TorchInputException($"A grid of {x.Points} × {y?.Points ?? 1} has {points} points; {MostPoints} are the most.");
        (X, Y, TilePoints, Points) = (x, y, tilePoints, (int)points);
    }

    /// <summary>Coordinates along the first direction.</summary>
    public GridAxis X { get; }

    /// <summary>Coordinates along the second direction; null for a line.</summary>
    public GridAxis? Y { get; }

    /// <summary>Points of a tile; the last may have fewer.</summary>
    public int TilePoints { get; }

    /// <summary>Points in all.</summary>
    public int Points { get; }

    /// <summary>Tiles in all.</summary>
    public int Tiles => (Points + TilePoints - 1) / TilePoints;

    /// <summary>Where a tile begins and how many points it has.</summary>
    public (int First, int Count) Tile(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Tiles);
        var first = index * TilePoints;
        return (first, Math.Min(TilePoints, Points - first));
    }

    /// <summary>Pairs a, b of consecutive points.</summary>
    public double[] Coordinates(int first, int count)
    {
        var pairs = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            pairs[2 * i] = X[(first + i) % X.Points];
            pairs[2 * i + 1] = Y is null ? 0 : Y[(first + i) / X.Points];
        }
        return pairs;
    }
}
