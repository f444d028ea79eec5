using System.Globalization;
using System.Text.Json;
using Dashboard.Analysis;

namespace Dashboard.Server;

/// <summary>A run's configuration as settings by their paths.</summary>
internal static class ConfigSettings
{
    // Beyond this a configuration is data, not settings.
    private const int Most = 5000;
    private const int MostList = 1000;

    public static TrainingSettings Of(string configJson)
    {
        var found = new List<TrainingSetting>();
        using var document = JsonDocument.Parse(configJson);
        Add(document.RootElement, "", found);
        return new TrainingSettings(found);
    }

    private static void Add(JsonElement element, string path, List<TrainingSetting> found)
    {
        if (found.Count >= Most)
            return;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Add(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", found);
                break;
            case JsonValueKind.Number:
                found.Add(new TrainingSetting(path, element.GetDouble()));
                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                // Command lines and YAML hand 1e-3 on as text.
                found.Add(new TrainingSetting(path, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null, text));
                break;
            case JsonValueKind.Array when element.GetArrayLength() is > 0 and <= MostList && element.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Number):
                found.Add(new TrainingSetting(path, null, null, [.. element.EnumerateArray().Select(one => one.GetDouble())]));
                break;
        }
    }
}
