using System.Text.Json.Nodes;

namespace Dashboard.Analysis;

/// <summary>Lays the changes of a rule over the rule.</summary>
internal static class RuleMerge
{
    /// <summary>What the change names takes the place of what was there; of the parameters, each by itself.</summary>
    public static JsonObject Over(JsonObject rule, JsonObject change)
    {
        var merged = rule.DeepClone().AsObject();
        foreach (var (name, value) in change)
        {
            if (name == "parameters" && value is JsonObject changes && merged["parameters"] is JsonObject parameters)
                Parameters(parameters, changes);
            else
                merged[name] = value?.DeepClone();
        }
        return merged;
    }

    private static void Parameters(JsonObject parameters, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            // A bare number changes the value and keeps the bounds and the explanation.
            if (value is JsonValue && parameters[name] is JsonObject known)
                known["value"] = value.DeepClone();
            else if (value is JsonObject said && parameters[name] is JsonObject old)
            {
                foreach (var (field, part) in said)
                    old[field] = part?.DeepClone();
            }
            else
                parameters[name] = value?.DeepClone();
        }
    }
}
