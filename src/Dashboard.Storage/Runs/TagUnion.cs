using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>The tags of many runs, each once. A series has its row from the commit that first named it, so the table alone is current.</summary>
internal sealed class TagUnion
{
    private readonly Dictionary<RecordKind, (List<string> Tags, HashSet<string> Seen)> _kinds = [];

    /// <summary>Reads them in one statement: a run's series lie in the order of kind and tag in the index, and most runs of a project have the same ones.</summary>
    public static IReadOnlyDictionary<RecordKind, IReadOnlyList<string>> Read(
        SqliteConnection connection, IReadOnlyCollection<string> runIds, IReadOnlyCollection<RecordKind> kinds, CancellationToken cancellation)
    {
        var union = new TagUnion();
        var isOneRun = runIds.Count == 1;
        using var select = new Statement(connection,
            $"""
            SELECT s."Kind", s."Tag" FROM json_each($1) ids
            CROSS JOIN "runs" r ON r."Id" = ids.value CROSS JOIN "series" s ON s."RunKey" = r."Key"
            WHERE r."Removed" = 0 AND s."Kind" IN ({string.Join(',', kinds.Distinct().Select(kind => (int)kind))})
            """, 1);
        using var rows = select.Read(JsonSerializer.Serialize(runIds));
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            union.Add((RecordKind)rows.GetInt32(0), rows.GetString(1), isOneRun);
        }

        return union._kinds.ToDictionary(kind => kind.Key, IReadOnlyList<string> (kind) => Sorted(kind.Value.Tags));
    }

    // One run has a tag once: a hundred thousand of them need no looking up.
    private void Add(RecordKind kind, string tag, bool isNew)
    {
        if (!_kinds.TryGetValue(kind, out var known)) _kinds[kind] = known = ([], new HashSet<string>(StringComparer.Ordinal));
        if (isNew || known.Seen.Add(tag)) known.Tags.Add(tag);
    }

    private static List<string> Sorted(List<string> tags)
    {
        for (var i = 1; i < tags.Count; i++)
        {
            if (CompareUtf8(tags[i - 1], tags[i]) <= 0) continue;
            tags.Sort(CompareUtf8);
            break;
        }

        return tags;
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
