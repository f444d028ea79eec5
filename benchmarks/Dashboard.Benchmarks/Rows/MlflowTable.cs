using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Dashboard.Benchmarks;

/// <summary>The peer: a row a point in a table with MLflow's schema, in SQLite with a write-ahead log, flushed at every commit, 1,000 rows a transaction, without any HTTP.</summary>
internal static class MlflowTable
{
    private const int RowsPerTransaction = 1000;

    /// <returns>Rows a second.</returns>
    public static (double Rate, string How) Measure(double seconds)
    {
        using var folder = new DataFolder();
        // Touching the assembly installs its binding to the system's SQLite.
        var version = Storage.SqliteBinding.RequireVersion();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "mlflow.db")};Pooling=False");
        connection.Open();
        Run("PRAGMA journal_mode=WAL");
        Run("PRAGMA synchronous=FULL");
        Run("""
            CREATE TABLE metrics (key VARCHAR(250) NOT NULL, value FLOAT NOT NULL, timestamp BIGINT NOT NULL, run_uuid VARCHAR(32) NOT NULL,
            step BIGINT NOT NULL, is_nan BOOLEAN NOT NULL, PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan))
            """);
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO metrics VALUES ($key, $value, $timestamp, $run, $step, 0)";
        var (key, value, timestamp, step) = (Parameter("$key"), Parameter("$value"), Parameter("$timestamp"), Parameter("$step"));
        Parameter("$run").Value = Guid.Empty.ToString("N");
        insert.Prepare();
        var random = new Random(1);
        long rows = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = 0; i < RowsPerTransaction; i++, rows++)
            {
                key.Value = $"metric/{rows % 10}";
                value.Value = (double)Signal.Loss(rows / 10, random);
                timestamp.Value = (long)(Signal.WallTime(rows / 10, random) * 1000);
                step.Value = rows / 10;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return (rows / clock.Elapsed.TotalSeconds, $"SQLite {version}, Microsoft.Data.Sqlite, no HTTP, {Figure.Text(rows)} rows");

        SqliteParameter Parameter(string name)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = name;
            insert.Parameters.Add(parameter);
            return parameter;
        }

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
