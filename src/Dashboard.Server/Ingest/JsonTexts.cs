using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>Texts within JSON that are none: an escape may stand for half of a surrogate pair, which every reader of the text would stumble over later.</summary>
internal static class JsonTexts
{
    /// <summary>Words for the fault.</summary>
    public const string Fault = "A text holds an escape for half of a surrogate pair, which is no text.";

    /// <summary>Whether all texts and names of a value can be read.</summary>
    public static bool AreWhole(JsonElement value)
    {
        var json = JsonMarshal.GetRawUtf8Value(value);
        return json.IndexOf("\\u"u8) < 0 || AreWhole(json);
    }

    /// <summary>Whether all texts and names of a JSON document can be read.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool AreWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
                continue;
            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
        return true;
    }
}
