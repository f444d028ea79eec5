using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.Json;

namespace Dashboard.Web;

/// <summary>
/// Every sentence that a person reads, by key, in one language, from the resource files beside this one. Placeholders are named: <c>{count}</c>.
/// Pages use the indexer; modules get the same texts as JSON, so the two never drift apart.
/// </summary>
public sealed class PageTexts
{
    /// <summary>Name of the cookie that keeps a reader's choice of language.</summary>
    public const string Cookie = "lossboard.language";

    private const string Prefix = "Dashboard.Web.Texts.";
    private const string ChineseSuffix = ".zh";
    private static readonly PageTexts English = new("en", "English", Load(chinese: false));
    private static readonly PageTexts Chinese = new("zh", "中文", Load(chinese: true));
    private readonly Dictionary<string, string> _texts;

    private PageTexts(string language, string name, Dictionary<string, string> texts)
    {
        Language = language;
        Name = name;
        _texts = texts;
        // The default encoder escapes < > & and quotes, so the JSON can stand inside a script element.
        Json = JsonSerializer.Serialize(_texts.OrderBy(e => e.Key, StringComparer.Ordinal).ToDictionary());
    }

    /// <summary>Every language there is, the default first.</summary>
    public static IReadOnlyList<PageTexts> All { get; } = [English, Chinese];

    /// <summary>BCP 47 tag of the language, for <c>&lt;html lang&gt;</c>.</summary>
    public string Language { get; }

    /// <summary>What the language calls itself.</summary>
    public string Name { get; }

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>All texts as one JSON object, safe inside a script element.</summary>
    public string Json { get; }

    /// <summary>The text of a key; throws where there is none, so that a misspelt key cannot pass a test.</summary>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new MissingManifestResourceException($"There is no text '{key}'.");

    /// <summary>The texts for a reader: as chosen, else the first language of <c>Accept-Language</c> that there is, else English.</summary>
    public static PageTexts For(string? chosen, string? acceptLanguage)
    {
        if (All.FirstOrDefault(texts => texts.Language == chosen) is { } wanted)
            return wanted;
        var accepted = (acceptLanguage ?? "").Split(',', 10, StringSplitOptions.TrimEntries)
            .Select(range => range.Split('-', ';')[0])
            .Select(language => All.FirstOrDefault(texts => texts.Language.Equals(language, StringComparison.OrdinalIgnoreCase)));
        return accepted.FirstOrDefault(texts => texts is not null) ?? English;
    }

    /// <summary>The text of a key with <c>{count}</c> filled in, in its singular (<c>key.one</c>) or plural (<c>key.other</c>) form.</summary>
    public string Count(string key, long count) =>
        this[count == 1 ? key + ".one" : key + ".other"].Replace("{count}", count.ToString("N0", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The text of a key with one placeholder filled in.</summary>
    public string Fill(string key, string name, string value) => this[key].Replace("{" + name + "}", value, StringComparison.Ordinal);

    private static Dictionary<string, string> Load(bool chinese)
    {
        var assembly = typeof(PageTexts).Assembly;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in assembly.GetManifestResourceNames())
        {
            var name = Path.ChangeExtension(file, null);
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.EndsWith(ChineseSuffix, StringComparison.Ordinal) != chinese)
                continue;
            // The resource sets are kept for the process; closing them would empty the manager's cache.
            var set = new ResourceManager(name, assembly).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)
                ?? throw new MissingManifestResourceException($"The texts '{name}' are not in the assembly.");
            foreach (DictionaryEntry entry in set)
                texts.Add((string)entry.Key, (string)entry.Value!);
        }

        return texts;
    }
}
