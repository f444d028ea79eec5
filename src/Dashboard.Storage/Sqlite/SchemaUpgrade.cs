using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Dashboard.Storage;

/// <summary>Brings a database to the schema this version needs. Each migration is one transaction: a kill leaves the one before or the one after.</summary>
internal static class SchemaUpgrade
{
    private const string Lock = "__EFMigrationsLock";
    private const string History = "__EFMigrationsHistory";

    /// <summary>Upgrades where there is something to upgrade.</summary>
    /// <param name="connection">The writer.</param>
    /// <param name="watch">Sees every statement; tests end the process between two of them.</param>
    /// <exception cref="StoreStoppedException">A later version wrote it.</exception>
    public static void Run(SqliteConnection connection, IInterceptor? watch = null)
    {
        // Asked in SQL first: most starts need no migration, and a start without EF's model is a second quicker.
        var applied = Applied(connection);
        var known = Known();
        if (applied.SetEquals(known)) return;
        if (applied.FirstOrDefault(id => !known.Contains(id)) is { } later)
            throw new StoreStoppedException($"The data folder was written by a later version (schema {later}): start that version, or use another folder.");
        // A process that was killed while it migrated leaves this row behind. The folder's lock says that nobody else is migrating now.
        if (HasTable(connection, Lock)) StoreDatabase.Run(connection, $"""DELETE FROM "{Lock}" """);
        using var context = StoreDatabase.Context(connection, watch);
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.WhenNeeded;
        context.Database.Migrate();
    }

    /// <summary>Whether a migration is one of this version's.</summary>
    public static bool Knows(string migration) => Known().Contains(migration);

    /// <summary>The newest migration of this version.</summary>
    public static string Newest => Known().Max(StringComparer.Ordinal)!;

    /// <summary>Ids of all migrations that this version has.</summary>
    public static HashSet<string> Known() =>
        [.. typeof(SchemaUpgrade).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()];

    private static HashSet<string> Applied(SqliteConnection connection)
    {
        var applied = new HashSet<string>();
        if (!HasTable(connection, History)) return applied;
        using var select = new Statement(connection, $"""SELECT "MigrationId" FROM "{History}" """, 0);
        using var rows = select.Read();
        while (rows.Read()) applied.Add(rows.GetString(0));
        return applied;
    }

    private static bool HasTable(SqliteConnection connection, string name)
    {
        using var select = new Statement(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", 1);
        return select.Scalar(name) is not null;
    }
}
