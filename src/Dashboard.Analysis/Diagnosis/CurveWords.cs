namespace Dashboard.Analysis;

/// <summary>Cuts a tag into lower-case words.</summary>
internal static class CurveWords
{
    // A tag of half a kilobyte has no more words that matter; names that long are made by machines.
    private const int Most = 32;

    public static List<string> Of(string tag)
    {
        var words = new List<string>();
        var from = 0;
        for (var at = 0; at <= tag.Length && words.Count < Most; at++)
        {
            var ends = at == tag.Length || !char.IsLetterOrDigit(tag[at]);
            var hump = !ends && at > from && char.IsUpper(tag[at]) && char.IsLower(tag[at - 1]);
            if (!ends && !hump)
                continue;
            if (at > from)
                words.Add(tag[from..at].ToLowerInvariant());
            from = hump ? at : at + 1;
        }
        return words;
    }
}
