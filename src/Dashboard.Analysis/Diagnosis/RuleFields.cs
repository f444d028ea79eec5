using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Analysis;

/// <summary>The fields of a JSON object, read with a fault and its pointer for each that is not what it should be.</summary>
internal sealed class RuleFields(JsonObject source, string pointer, List<RuleFault> faults)
{
    // A sentence is one; a paragraph of explanation is the longest text there is.
    private const int LongestText = 2_000;

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterLower(text[0]) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    public static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public RuleFields Within(JsonObject inner, string path) => new(inner, pointer + path, faults);

    public void Fault(string path, string message, int? at = null) => faults.Add(new RuleFault(pointer + path, message, at));

    public string Name(string field)
    {
        var text = String(field, 64, isNeeded: true);
        if (text is null)
            return "";
        if (!IsName(text))
            Fault("/" + field, $"'{text}' is no name: it has lower-case letters, digits and _, begins with a letter and has 64 characters at most.");
        return text;
    }

    public string? String(string field, int longest, bool isNeeded)
    {
        var node = source[field];
        if (node is null)
        {
            if (isNeeded)
                Fault("/" + field, $"'{field}' is missing.");
            return null;
        }
        // A number alone is an expression, too.
        if (node is JsonValue && node.GetValueKind() == JsonValueKind.Number)
            return node.GetValue<double>().ToString("R", CultureInfo.InvariantCulture);
        if (node is not JsonValue || node.GetValueKind() != JsonValueKind.String)
        {
            Fault("/" + field, $"'{field}' is a text.");
            return null;
        }
        var text = node.GetValue<string>();
        if (text.Length <= longest)
            return text;
        Fault("/" + field, $"'{field}' has {longest} characters at most; this has {text.Length}.");
        return null;
    }

    public bool Flag(string field, bool otherwise)
    {
        var node = source[field];
        if (node is null)
            return otherwise;
        if (node is JsonValue && node.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            return node.GetValue<bool>();
        Fault("/" + field, $"'{field}' is true or false.");
        return otherwise;
    }

    public double Number(string field, double otherwise, double from, double to)
    {
        var node = source[field];
        if (node is null)
            return otherwise;
        if (node is JsonValue && node.GetValueKind() == JsonValueKind.Number && node.GetValue<double>() is var number && number >= from && number <= to)
            return number;
        var bounds = from > double.MinValue && to < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" from {from} to {to}") : from > double.MinValue ? string.Create(CultureInfo.InvariantCulture, $" of {from} at least") : to < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" of {to} at most") : "";
        Fault("/" + field, $"'{field}' is a number{bounds}.");
        return otherwise;
    }

    public T Choice<T>(string field, T otherwise) where T : struct, Enum
    {
        var text = String(field, 64, isNeeded: true);
        if (text is null)
            return otherwise;
        foreach (var value in Enum.GetValues<T>())
        {
            if (Snake(value) == text)
                return value;
        }
        Fault("/" + field, $"'{text}' is none of {string.Join(", ", Enum.GetValues<T>().Select(Snake))}.");
        return otherwise;
    }

    /// <summary>A text, or one in each language: <c>{ "en", "zh" }</c>.</summary>
    public RuleText? Text(string field, JsonNode? node, string path)
    {
        if (node is null)
        {
            Fault(path, $"'{field}' is missing.");
            return null;
        }
        if (node is not JsonObject languages)
            return Words(node, path) is { } words ? new RuleText(words, null) : null;
        var english = Words(languages["en"], path + "/en");
        var chinese = languages["zh"] is null ? null : Words(languages["zh"], path + "/zh");
        return english is null ? null : new RuleText(english, chinese);
    }

    public string? Words(JsonNode? node, string path)
    {
        if (node is JsonValue && node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is { Length: > 0 and <= LongestText } text)
            return text;
        Fault(path, $"A text of 1 to {LongestText} characters is missing here.");
        return null;
    }

    public List<string> Strings(string field, int most, int longest)
    {
        var texts = new List<string>();
        if (source[field] is null)
            return texts;
        if (source[field] is not JsonArray list || list.Count > most)
        {
            Fault("/" + field, $"'{field}' is a list of {most} texts at most.");
            return texts;
        }
        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] is JsonValue && list[at]!.GetValueKind() == JsonValueKind.String && list[at]!.GetValue<string>() is { } text && text.Length > 0 && text.Length <= longest)
                texts.Add(text);
            else
                Fault($"/{field}/{at}", $"A text of 1 to {longest} characters is missing here.");
        }
        return texts;
    }

    public List<(JsonObject Entry, string Path)> Objects(string field, int most)
    {
        var objects = new List<(JsonObject, string)>();
        if (source[field] is null)
            return objects;
        if (source[field] is not JsonArray list || list.Count > most)
        {
            Fault("/" + field, $"'{field}' is a list of {most} objects at most.");
            return objects;
        }
        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] is JsonObject entry)
                objects.Add((entry, $"/{field}/{at}"));
            else
                Fault($"/{field}/{at}", "An object is missing here.");
        }
        return objects;
    }

    private static string Snake<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
