using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>What idempotency keys were answered with.</summary>
internal sealed class WriterAnswers(SqliteConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection,
        """SELECT "BodyHash", "Accepted", "Duplicates", "Seq" FROM "idempotency" WHERE "RunKey" = $1 AND "IdempotencyKey" = $2""", 2);

    private readonly Statement _insert = new(connection,
        """INSERT INTO "idempotency" ("RunKey", "IdempotencyKey", "BodyHash", "Accepted", "Duplicates", "Seq") VALUES ($1, $2, $3, $4, $5, $6)""", 6);

    public (IngestReceipt Answer, byte[] BodyHash)? Find(RunState run, string key)
    {
        using var row = _find.Read(run.Key, key);
        return row.Read()
            ? (new IngestReceipt(run.Id, row.GetInt64(1), row.GetInt64(2), true, row.GetInt64(3)), (byte[])row.GetValue(0))
            : null;
    }

    public void Insert(RunState run, string key, byte[] bodyHash, IngestReceipt answer) =>
        _insert.Execute(run.Key, key, bodyHash, answer.Accepted, answer.Duplicates, answer.Seq);

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
    }
}
