namespace Dashboard.Storage;

/// <summary>Over the tables of series and artifacts; rows of records are always current, so memory need not be asked.</summary>
internal sealed class SourceStore(StorageEngine engine) : ISourceStore
{
    public Task<IReadOnlyList<StoredSource>> ListAsync(string project, int most, CancellationToken cancellation) => engine.Database.ReadAsync<IReadOnlyList<StoredSource>>(connection =>
    {
        var found = new List<StoredSource>();
        using (var logged = new Statement(connection,
            """
            SELECT r."Id", r."Name", s."Tag", s."Kind", s."Count", s."LastStep" FROM "projects" p JOIN "runs" r ON r."ProjectKey" = p."Key" JOIN "series" s ON s."RunKey" = r."Key"
            WHERE p."Name" = $1 AND r."Removed" = 0 AND s."Kind" IN ($2, $3) AND s."Count" > 0 ORDER BY r."Created" DESC, s."Tag" LIMIT $4
            """, 4))
        {
            using var rows = logged.Read(project, (int)RecordKind.Embedding, (int)RecordKind.Predictions, most);
            while (rows.Read())
                found.Add(new StoredSource(rows.GetString(0), rows.GetString(1), rows.GetString(2), (RecordKind)rows.GetInt32(3), null, rows.GetInt64(4), rows.GetInt64(5), null));
        }

        cancellation.ThrowIfCancellationRequested();
        using var files = new Statement(connection,
            """
            SELECT r."Id", r."Name", a."Name", a."Type", a."Step", a."Size" FROM "projects" p JOIN "runs" r ON r."ProjectKey" = p."Key" JOIN "artifacts" a ON a."RunKey" = r."Key"
            WHERE p."Name" = $1 AND r."Removed" = 0
              AND (a."Type" IN ('checkpoint', 'model', 'projection') OR a."Name" LIKE '%.safetensors' OR a."Name" LIKE '%.npy' OR a."Name" LIKE '%.tsv' OR a."Name" LIKE '%projector_config.pbtxt')
              AND NOT EXISTS (SELECT 1 FROM "artifacts" b WHERE b."RunKey" = a."RunKey" AND b."Name" = a."Name" AND b."Key" > a."Key")
            ORDER BY r."Created" DESC, a."Key" DESC LIMIT $2
            """, 2);
        using var read = files.Read(project, most);
        while (read.Read())
            found.Add(new StoredSource(read.GetString(0), read.GetString(1), read.GetString(2), null, read.GetString(3), null, read.IsDBNull(4) ? null : read.GetInt64(4), read.GetInt64(5)));
        return found;
    }, cancellation);

    public Task<IReadOnlyList<long>> StepsAsync(string runId, RecordKind kind, string tag, CancellationToken cancellation) => engine.Database.ReadAsync<IReadOnlyList<long>>(connection =>
    {
        using var select = new Statement(connection,
            """
            SELECT DISTINCT c."Step" FROM "runs" r JOIN "series" s ON s."RunKey" = r."Key" JOIN "records" c ON c."SeriesKey" = s."Key"
            WHERE r."Id" = $1 AND r."Removed" = 0 AND s."Kind" = $2 AND s."Tag" = $3 ORDER BY c."Step"
            """, 3);
        using var rows = select.Read(runId, (int)kind, tag);
        var steps = new List<long>();
        while (rows.Read()) steps.Add(rows.GetInt64(0));
        return steps;
    }, cancellation);
}
