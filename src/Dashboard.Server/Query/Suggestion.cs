namespace Dashboard.Server;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
internal static class Suggestion
{
    // A name of three letters with two wrong ones is another name.
    private const int LettersPerFault = 3;

    /// <summary>The nearest of <paramref name="names"/>, or null where none is near.</summary>
    public static string? For(string typed, IEnumerable<string> names)
    {
        // Whoever types this much did not mistype a name.
        if (typed.Length is 0 or > 40)
            return null;
        var (nearest, faults) = names.Select(name => (name, Faults: Faults(typed.ToLowerInvariant(), name))).MinBy(near => near.Faults);
        return faults <= Math.Max(1, typed.Length / LettersPerFault) ? nearest : null;
    }

    // Edit distance (Levenshtein), one row at a time.
    private static int Faults(string typed, string name)
    {
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var replaced = diagonal + (typed[i - 1] == name[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
