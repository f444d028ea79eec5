using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Turns the JSON of configurations into values by path.</summary>
/// <remarks>
/// Objects are gone into; an array is one value, its JSON text without blanks, and so is an empty object; null is as absent. Of a key that comes twice the last value
/// counts. Texts are cut at <paramref name="maxText"/> characters, and after <paramref name="maxValues"/> values the rest is left out.
/// </remarks>
internal sealed class ConfigFlattener(ConfigPaths paths, int maxValues, int maxText)
{
    private readonly SortedDictionary<int, QueryValue> _values = [];
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly StringBuilder _path = new("config");
    private readonly StringBuilder _name = new();
    private Func<string, bool>? _isWanted;

    /// <summary>Flattens one configuration.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="isWanted">Which paths to keep, or null for all.</param>
    public ConfigValues Flatten(string json, Func<string, bool>? isWanted = null)
    {
        if (json == "{}")
            return ConfigValues.Empty;
        _values.Clear();
        _isWanted = isWanted;
        using var document = JsonDocument.Parse(json);
        AddMembers(document.RootElement);
        return new ConfigValues([.. _values.Keys], [.. _values.Values]);
    }

    private void AddMembers(JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            var (path, name) = (_path.Length, _name.Length);
            try
            {
                ValuePath.AppendKey(_path, member.Name);
                if (name > 0)
                    _name.Append('.');
                _name.Append(member.Name);
                Add(member.Value);
            }
            catch (InvalidOperationException)
            {
                // A text that is none, from before such bodies were refused: that value is as absent, and the project's other runs are not its business.
            }
            _path.Length = path;
            _name.Length = name;
        }
    }

    private void Add(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().MoveNext():
                AddMembers(element);
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                Keep(QueryValue.Of(Cut(Text(element))));
                break;
            case JsonValueKind.String:
                Keep(QueryValue.Of(Cut(element.GetString()!)));
                break;
            case JsonValueKind.Number:
                Keep(QueryValue.Of(element.GetDouble()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Keep(QueryValue.Of(element.GetBoolean()));
                break;
        }
    }

    private void Keep(QueryValue value)
    {
        var path = _path.ToString();
        if (_isWanted?.Invoke(path) == false)
            return;
        var number = paths.Find(path);
        if (_values.Count >= maxValues && (number < 0 || !_values.ContainsKey(number)))
            return;
        _values[number < 0 ? paths.Add(path, _name.ToString()) : number] = value;
    }

    private string Text(JsonElement element)
    {
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(_json.WrittenSpan);
    }

    private string Cut(string text)
    {
        if (text.Length <= maxText)
            return text;
        // Not through the middle of a pair.
        return text[..(char.IsHighSurrogate(text[maxText - 1]) ? maxText - 1 : maxText)];
    }
}
