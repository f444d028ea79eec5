using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Gathers the tags of many runs, each once. A series has its row from the commit that first named it, so the table alone is current.</summary>
internal sealed class TagUnion(SqliteConnection connection, CancellationToken cancellation)
{
    private readonly Dictionary<RecordKind, IReadOnlyList<string>> _tags = [];

    public IReadOnlyDictionary<RecordKind, IReadOnlyList<string>> Tags => _tags;

    public void Add(RecordKind kind, IReadOnlyCollection<string> runIds)
    {
        using var select = new Statement(connection,
            """
            SELECT s."Tag" FROM "runs" r CROSS JOIN "series" s ON s."RunKey" = r."Key" AND s."Kind" = $2
            WHERE r."Id" = $1 AND r."Removed" = 0 ORDER BY s."Tag"
            """, 2);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var tags = new List<string>();
        var isSorted = true;
        foreach (var runId in runIds)
        {
            cancellation.ThrowIfCancellationRequested();
            using var rows = select.Read(runId, (int)kind);
            while (rows.Read())
            {
                var tag = rows.GetString(0);
                if (!seen.Add(tag)) continue;
                isSorted = isSorted && (tags.Count == 0 || CompareUtf8(tags[^1], tag) < 0);
                tags.Add(tag);
            }
        }

        // One run's tags come in order, and most runs of a project have the same ones.
        if (!isSorted) tags.Sort(CompareUtf8);
        if (tags.Count > 0) _tags[kind] = tags;
    }

    // The order of UTF-8 bytes is that of code points: UTF-16 units differ from it only where one of the two is half of a pair.
    private static int CompareUtf8(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length) return left.Length.CompareTo(right.Length);
        return Rank(left[at]).CompareTo(Rank(right[at]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
