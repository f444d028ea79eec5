namespace Dashboard.Analysis;

/// <summary>Patterns of tags in which <c>*</c> stands for any text.</summary>
internal static class TagPattern
{
    /// <summary>Takes time linear in the tag for each star: the text between two stars is looked for once from where the last was found.</summary>
    public static bool Matches(string pattern, string tag)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1)
            return pattern == tag;
        if (!tag.StartsWith(pieces[0], StringComparison.Ordinal))
            return false;
        var at = pieces[0].Length;
        for (var piece = 1; piece < pieces.Length - 1; piece++)
        {
            var found = tag.IndexOf(pieces[piece], at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + pieces[piece].Length;
        }
        return tag.Length - at >= pieces[^1].Length && tag.EndsWith(pieces[^1], StringComparison.Ordinal);
    }
}
