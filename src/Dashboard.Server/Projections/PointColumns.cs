using System.Globalization;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Columns of metadata as a page wants them: numbers, or categories by number.</summary>
internal static class PointColumns
{
    // Whole numbers with no more different values than this are classes rather than measurements.
    private const int MostClasses = 50;

    /// <summary>A column that came as JSON: texts, numbers, booleans and nulls.</summary>
    public static PointColumn Of(string name, JsonElement values)
    {
        var texts = new string?[values.GetArrayLength()];
        var at = 0;
        foreach (var value in values.EnumerateArray())
        {
            texts[at++] = value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                _ => value.GetRawText(),
            };
        }
        return Of(name, texts);
    }

    /// <summary>A column that came as text; null and empty are nothing.</summary>
    public static PointColumn Of(string name, IReadOnlyList<string?> texts)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[texts.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            var text = texts[row];
            if (string.IsNullOrEmpty(text))
                codes[row] = -1;
            else if (!places.TryGetValue(text, out codes[row]))
                places[text] = codes[row] = places.Count;
        }
        var categories = places.Keys.ToArray();
        var numbers = Numbers(categories);
        if (numbers is null || (numbers.Length <= MostClasses && numbers.All(double.IsInteger)))
            return Categories(name, categories, codes, numbers);
        return new PointColumn { Name = name, Type = "number", Values = Array.ConvertAll(codes, code => code < 0 ? double.NaN : numbers[code]) };
    }

    /// <summary>Classes that are numbers stand in their order.</summary>
    private static PointColumn Categories(string name, string[] categories, int[] codes, double[]? numbers)
    {
        if (numbers is not null)
        {
            var order = Enumerable.Range(0, numbers.Length).OrderBy(place => numbers[place]).ToArray();
            var moved = new int[order.Length];
            for (var place = 0; place < order.Length; place++) moved[order[place]] = place;
            categories = Array.ConvertAll(order, place => categories[place]);
            codes = Array.ConvertAll(codes, code => code < 0 ? -1 : moved[code]);
        }
        return new PointColumn { Name = name, Type = "category", Categories = categories, Codes = codes };
    }

    private static double[]? Numbers(string[] texts)
    {
        var numbers = new double[texts.Length];
        for (var at = 0; at < texts.Length; at++)
        {
            if (!double.TryParse(texts[at], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[at]))
                return null;
        }
        return numbers.Length > 0 ? numbers : null;
    }
}
