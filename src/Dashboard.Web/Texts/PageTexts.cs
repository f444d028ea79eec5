using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.Json;

namespace Dashboard.Web;

/// <summary>
/// Every sentence that a person reads, by key, from <c>Texts.resx</c>. Placeholders are named: <c>{count}</c>.
/// Pages use the indexer; modules get the same texts as JSON, so the two never drift apart.
/// </summary>
public sealed class PageTexts
{
    private static readonly ResourceManager Resources = new("Dashboard.Web.Texts.Texts", typeof(PageTexts).Assembly);
    private readonly Dictionary<string, string> _texts;

    /// <summary>Loads the texts of the neutral language, English.</summary>
    public PageTexts()
    {
        using var set = Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)
            ?? throw new MissingManifestResourceException("The page texts are not in the assembly.");
        _texts = set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
        // The default encoder escapes < > & and quotes, so the JSON can stand inside a script element.
        Json = JsonSerializer.Serialize(_texts.OrderBy(e => e.Key, StringComparer.Ordinal).ToDictionary());
    }

    /// <summary>BCP 47 tag of the language, for <c>&lt;html lang&gt;</c>.</summary>
    public string Language { get; } = "en";

    /// <summary>All texts as one JSON object, safe inside a script element.</summary>
    public string Json { get; }

    /// <summary>The text of a key; throws where there is none, so that a misspelt key cannot pass a test.</summary>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new MissingManifestResourceException($"There is no text '{key}'.");

    /// <summary>The text of a key with <c>{count}</c> filled in, in its singular (<c>key.one</c>) or plural (<c>key.other</c>) form.</summary>
    public string Count(string key, long count) =>
        this[count == 1 ? key + ".one" : key + ".other"].Replace("{count}", count.ToString("N0", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The text of a key with one placeholder filled in.</summary>
    public string Fill(string key, string name, string value) => this[key].Replace("{" + name + "}", value, StringComparison.Ordinal);
}
