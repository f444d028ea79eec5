using System.Globalization;
using System.Text;

namespace Dashboard.Benchmarks;

/// <summary>Bodies of scalars as JSON.</summary>
internal static class JsonBodies
{
    public const string ContentType = "application/json";

    /// <summary>Events of type <c>scalars</c>: one for each tag, with columns.</summary>
    public static byte[] Columns(string run, int tags, int pointsPerTag, long firstStep, Random random)
    {
        var text = new StringBuilder(tags * pointsPerTag * 36 + 200);
        text.Append(CultureInfo.InvariantCulture, $$"""{"project":"benchmark","run":"{{run}}","events":[""");
        for (var tag = 0; tag < tags; tag++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""{{(tag > 0 ? "," : "")}}{"type":"scalars","tag":"metric/{{tag}}","steps":[""");
            Append(text, pointsPerTag, i => (firstStep + i).ToString(CultureInfo.InvariantCulture));
            text.Append("],\"values\":[");
            Append(text, pointsPerTag, i => Signal.Loss(firstStep + i, random).ToString("R", CultureInfo.InvariantCulture));
            text.Append("],\"wall_times\":[");
            Append(text, pointsPerTag, i => Signal.WallTime(firstStep + i, random).ToString("R", CultureInfo.InvariantCulture));
            text.Append("]}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>Events of type <c>scalar</c>: one for each point, as a loop that logs a few metrics a step sends them.</summary>
    public static byte[] Events(string run, int tags, int pointsPerTag, long firstStep, Random random)
    {
        var text = new StringBuilder(tags * pointsPerTag * 110 + 200);
        text.Append(CultureInfo.InvariantCulture, $$"""{"project":"benchmark","run":"{{run}}","events":[""");
        for (var i = 0; i < pointsPerTag; i++)
        {
            for (var tag = 0; tag < tags; tag++)
            {
                text.Append(CultureInfo.InvariantCulture, $$"""
                    {{(i + tag > 0 ? "," : "")}}{"type":"scalar","tag":"metric/{{tag}}","step":{{firstStep + i}},"value":{{Signal.Loss(firstStep + i, random)}},"wall_time":{{Signal.WallTime(firstStep + i, random)}}}
                    """);
            }
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    private static void Append(StringBuilder text, int count, Func<int, string> item)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(',');
            text.Append(item(i));
        }
    }
}
