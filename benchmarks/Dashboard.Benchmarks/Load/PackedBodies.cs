using Dashboard.Client;

namespace Dashboard.Benchmarks;

/// <summary>Bodies of scalars in the packed form.</summary>
internal static class PackedBodies
{
    public const string ContentType = ScalarsBody.ContentType;

    public static byte[] Make(string run, int tags, int pointsPerTag, long firstStep, Random random)
    {
        var columns = new TagColumn[tags];
        for (var tag = 0; tag < tags; tag++)
        {
            columns[tag] = new TagColumn($"metric/{tag}");
            for (var i = 0; i < pointsPerTag; i++)
                columns[tag].Add(new LoggedEvent("", firstStep + i, Signal.Loss(firstStep + i, random), Signal.WallTime(firstStep + i, random), null));
        }

        return ScalarsBody.Write("benchmark", run, columns);
    }
}
