using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Analysis;

/// <summary>Reads a parameter of a rule.</summary>
internal static class RuleParameterReader
{
    public static RuleParameter? Read(string name, JsonNode? node, string pointer, RuleFields fields)
    {
        if (node is JsonValue && node.GetValueKind() == JsonValueKind.Number)
            return new RuleParameter(name, node.GetValue<double>(), double.MinValue, double.MaxValue, new RuleText(name, null));
        if (node is not JsonObject said)
        {
            fields.Fault(pointer, "A parameter is a number or { \"value\", \"min\", \"max\", \"what\" }.");
            return null;
        }
        var within = fields.Within(said, pointer);
        var minimum = within.Number("min", double.MinValue, double.MinValue, double.MaxValue);
        var maximum = within.Number("max", double.MaxValue, double.MinValue, double.MaxValue);
        if (said["value"] is null)
        {
            within.Fault("/value", "The parameter has no value.");
            return null;
        }
        var value = within.Number("value", 0, minimum, maximum);
        var what = said["what"] is null ? new RuleText(name, null) : within.Text("what", said["what"], "/what") ?? new RuleText(name, null);
        return new RuleParameter(name, value, minimum, maximum, what);
    }
}
