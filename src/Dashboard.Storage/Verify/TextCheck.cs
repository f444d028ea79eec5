using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Checks what is stored as JSON: configurations, settings, views, jobs, their results.</summary>
internal static class TextCheck
{
    // What holds it, how a person finds it (one text a row), and what it must be.
    private static readonly (string Kind, string What, JsonTokenType Form, string Sql)[] Texts =
    [
        ("text", "configuration of the run", JsonTokenType.StartObject, """SELECT "Config", p."Name", r."Name", r."Id" FROM "runs" r JOIN "projects" p ON p."Key" = r."ProjectKey" WHERE r."Removed" = 0"""),
        ("text", "tags of the run", JsonTokenType.StartArray, """SELECT "Tags", p."Name", r."Name", r."Id" FROM "runs" r JOIN "projects" p ON p."Key" = r."ProjectKey" WHERE r."Removed" = 0"""),
        ("text", "setting", JsonTokenType.StartObject, """SELECT "Body", p."Name", s."Name", NULL FROM "settings" s JOIN "projects" p ON p."Key" = s."ProjectKey" """),
        ("text", "saved view", JsonTokenType.StartObject, """SELECT "Body", p."Name", v."Name", NULL FROM "views" v JOIN "projects" p ON p."Key" = v."ProjectKey" """),
        ("text", "message", JsonTokenType.StartObject, """SELECT a."Body", p."Name", a."Id", NULL FROM "alerts" a LEFT JOIN "projects" p ON p."Key" = a."ProjectKey" """),
        ("job", "spec of the job", JsonTokenType.StartObject, """SELECT j."Spec", p."Name", j."Id", NULL FROM "jobs" j JOIN "projects" p ON p."Key" = j."ProjectKey" """),
        ("job", "part of the job", JsonTokenType.None, """SELECT d."Data", p."Name", j."Id", NULL FROM "job_parts" d JOIN "jobs" j ON j."Key" = d."JobKey" JOIN "projects" p ON p."Key" = j."ProjectKey" """),
        ("job", "result of the job", JsonTokenType.StartObject, """SELECT d."Data", p."Name", j."Id", NULL FROM "job_results" d JOIN "jobs" j ON j."Key" = d."JobKey" JOIN "projects" p ON p."Key" = j."ProjectKey" """),
    ];

    /// <summary>Checks every text.</summary>
    /// <param name="connection">Inside one read transaction.</param>
    /// <param name="log">Takes what is wrong.</param>
    /// <param name="unpack">Opens the bytes of a job's result; null where they are JSON as they are.</param>
    public static void Run(SqliteConnection connection, VerifyLog log, Func<byte[], byte[]>? unpack)
    {
        var done = 0;
        foreach (var (kind, what, form, sql) in Texts)
        {
            try
            {
                Run(connection, log, (kind, what, form, sql), what == "result of the job" ? unpack : null);
            }
            catch (SqliteException failure)
            {
                log.Add(new FolderDamage("database", $"not every {what} can be read: {failure.Message}"));
            }

            log.At("texts", ++done, Texts.Length, "tables");
        }
    }

    private static void Run(SqliteConnection connection, VerifyLog log, (string Kind, string What, JsonTokenType Form, string Sql) one, Func<byte[], byte[]>? unpack)
    {
        using var select = new Statement(connection, one.Sql, 0);
        using var rows = select.Read();
        while (rows.Read())
        {
            var bytes = rows.GetFieldValue<byte[]>(0);
            log.Bytes += bytes.Length;
            if (Fault(bytes, one.Form, unpack) is not { } fault) continue;
            var (project, name) = (rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetString(2));
            log.Add(rows.IsDBNull(3)
                ? new FolderDamage(one.Kind, $"{one.What} '{name}': {fault}") { Project = project }
                : new FolderDamage(one.Kind, $"{one.What}: {fault}") { Project = project, Run = name, RunId = rows.GetString(3) });
            log.At("texts", 0, 0, "");
        }
    }

    private static string? Fault(byte[] bytes, JsonTokenType form, Func<byte[], byte[]>? unpack)
    {
        try
        {
            var reader = new Utf8JsonReader(unpack is null ? bytes : unpack(bytes), new JsonReaderOptions { MaxDepth = 256 });
            reader.Read();
            if (form != JsonTokenType.None && reader.TokenType != form) return $"it is no JSON {(form == JsonTokenType.StartArray ? "array" : "object")}";
            while (reader.Read())
            {
                // Texts are looked at where they are unescaped: a byte that is no UTF-8 passes otherwise.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }

            return null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException or InvalidOperationException)
        {
            return $"it is no JSON any more ({damage.Message})";
        }
    }
}
