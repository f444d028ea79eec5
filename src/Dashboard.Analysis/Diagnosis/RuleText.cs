namespace Dashboard.Analysis;

/// <summary>A text in the languages of the pages.</summary>
/// <param name="En">English; always there.</param>
/// <param name="Zh">Chinese; null for a rule of a person's own that has English alone.</param>
public sealed record RuleText(string En, string? Zh)
{
    /// <summary>The text in a language, English where it lacks that one.</summary>
    /// <param name="language">A language tag, such as <c>zh</c> or <c>zh-CN</c>.</param>
    public string In(string? language) =>
        Zh is not null && language is not null && language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;
}
