namespace Dashboard.Storage;

/// <summary>Adds up what runs take, without reading what they hold.</summary>
internal static class RunSizes
{
    private const string Series = """(SELECT "Key" FROM "series" WHERE "RunKey" = r."Key")""";

    public static Task<IReadOnlyDictionary<string, RunSize>> ReadAsync(StoreDatabase database, IReadOnlyCollection<string> runIds, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<string, RunSize>>(connection =>
        {
            var found = new Dictionary<string, RunSize>(StringComparer.Ordinal);
            using var select = new Statement(connection,
                $"""
                SELECT COALESCE((SELECT SUM("Count") FROM "series" WHERE "RunKey" = r."Key"), 0),
                  COALESCE((SELECT SUM(length(d."Points") + length(d."Fine") + length(c."Entry")) FROM "chunks" c JOIN "chunk_data" d ON d."Key" = c."DataKey" WHERE c."SeriesKey" IN {Series}), 0)
                  + COALESCE((SELECT SUM(length("Payload")) FROM "records" WHERE "SeriesKey" IN {Series}), 0)
                  + COALESCE((SELECT SUM("Size") FROM "artifacts" WHERE "RunKey" = r."Key"), 0)
                FROM "runs" r WHERE r."Id" = $1 AND r."Removed" = 0
                """, 1);
            foreach (var id in runIds)
            {
                cancellation.ThrowIfCancellationRequested();
                using var row = select.Read(id);
                if (row.Read()) found[id] = new RunSize(row.GetInt64(0), row.GetInt64(1));
            }

            return found;
        }, cancellation);
}
