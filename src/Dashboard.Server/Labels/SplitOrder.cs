namespace Dashboard.Server;

/// <summary>Splits in the order people think of them: what is trained on, what is validated on, what is tested on, the others by name.</summary>
internal static class SplitOrder
{
    private static readonly string[][] Known = [["train", "training"], ["val", "valid", "validation", "dev"], ["test", "testing"]];

    public static int Compare(string a, string b) => Rank(a) != Rank(b) ? Rank(a).CompareTo(Rank(b)) : string.CompareOrdinal(a, b);

    private static int Rank(string split)
    {
        var at = Array.FindIndex(Known, names => names.Contains(split, StringComparer.OrdinalIgnoreCase));
        return at < 0 ? Known.Length : at;
    }
}
