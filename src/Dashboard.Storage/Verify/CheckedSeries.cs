using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>A series that is being checked, with the names a person knows it by.</summary>
internal sealed record CheckedSeries(SeriesRow Row, string Project, string Run, string RunId)
{
    private const string Joined =
        """
        SELECT s."Key", s."RunKey", s."Kind", s."Tag", s."Count", s."FirstStep", s."LastStep", s."LastBits", s."MinBefore", s."MaxBefore", s."SealedSeq", p."Name", r."Name", r."Id"
        FROM "series" s JOIN "runs" r ON r."Key" = s."RunKey" JOIN "projects" p ON p."Key" = r."ProjectKey" WHERE r."Removed" = 0 AND
        """;

    /// <summary>All series of runs that were not removed, by key.</summary>
    public static IEnumerable<CheckedSeries> All(SqliteConnection connection, bool scalars)
    {
        using var select = new Statement(connection, $"""{Joined} s."Kind" {(scalars ? "=" : "<>")} 0 ORDER BY s."Key" """, 0);
        using var rows = select.Read();
        while (rows.Read()) yield return Of(rows);
    }

    /// <summary>The series of a key, or null where there is none or its run was removed.</summary>
    public static CheckedSeries? Find(SqliteConnection connection, long key)
    {
        using var select = new Statement(connection, $"""{Joined} s."Key" = $1""", 1);
        using var rows = select.Read(key);
        return rows.Read() ? Of(rows) : null;
    }

    /// <summary>Something of this series that is wrong.</summary>
    public FolderDamage Damage(string kind, string text, long? firstStep = null, long? lastStep = null, long? points = null) =>
        new(kind, text) { Project = Project, Run = Run, RunId = RunId, Tag = Row.Tag, FirstStep = firstStep, LastStep = lastStep, Points = points };

    private static CheckedSeries Of(SqliteDataReader row) => new(SeriesRow.Read(row), row.GetString(11), row.GetString(12), row.GetString(13));
}
