using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

internal static class SqliteExtensions
{
    /// <summary>True where the database has a table of this name.</summary>
    public static bool HasTable(this SqliteConnection connection, string name)
    {
        using var select = new Statement(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", 1);
        return select.Scalar(name) is not null;
    }
}
