namespace Dashboard.Worker;

/// <summary>How a landscape is cut up.</summary>
internal static class TilePlan
{
    // A tile is what is stored, sent and drawn at once: long enough that this costs nothing, short enough that a picture moves and a death loses little.
    private const double SecondsOfATile = 0.12;
    private const int MostPoints = 64;

    // Fewer tiles than this for each core would leave cores idle at the end.
    private const int TilesOfACore = 8;

    // What is ready within this time needs no preview.
    private const double PreviewFrom = 4;
    private const long FewestSamples = 256;
    private const int PreviewShare = 16;

    /// <summary>Points of a tile: a power of two.</summary>
    public static int Points(int points, int workers, double secondsPerPoint)
    {
        var most = Math.Min(MostPoints, Math.Max(1, points / (workers * TilesOfACore)));
        var wanted = Math.Clamp(SecondsOfATile / Math.Max(secondsPerPoint, 1e-9), 1, most);
        return 1 << (int)Math.Log2(wanted);
    }

    /// <summary>Samples of the preview; null where the whole is quick or small.</summary>
    public static long? PreviewSamples(long samples, double secondsOfTheWhole)
    {
        var part = Math.Max(FewestSamples, samples / PreviewShare);
        return secondsOfTheWhole > PreviewFrom && part <= samples / 2 ? part : null;
    }

    /// <summary>Tiles in an order that shows the whole early: every number with its bits reversed, so that each half of the tiles lies between those before.</summary>
    public static IReadOnlyList<int> Order(int tiles)
    {
        var bits = 1;
        while (1 << bits < tiles) bits++;
        var order = new List<int>(tiles);
        for (var i = 0; i < 1 << bits; i++)
        {
            var reversed = 0;
            for (var bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
            if (reversed < tiles) order.Add(reversed);
        }
        return order;
    }
}
