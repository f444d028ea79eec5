using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dashboard.Storage.Tests;

/// <summary>
/// Before every statement of an upgrade, takes down what the disk holds: exactly what is left where the process is killed there, since what SQLite has not written yet is
/// the process's own. The index of the log is left out: SQLite makes it again.
/// </summary>
internal sealed class StatementWatch(string folder) : DbCommandInterceptor
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, byte[]>> _states = [];

    /// <summary>Statements that were run.</summary>
    public int Statements { get; private set; }

    /// <summary>The different states of the disk that kills between two statements leave behind.</summary>
    public IReadOnlyCollection<IReadOnlyDictionary<string, byte[]>> States => _states.Values;

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        TakeDown();
        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        TakeDown();
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        TakeDown();
        return result;
    }

    /// <summary>The state at this moment.</summary>
    public void TakeDown()
    {
        Statements++;
        var files = new Dictionary<string, byte[]>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in new[] { "lossboard.db", "lossboard.db-wal" })
        {
            using var file = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            files[name] = bytes;
            hash.AppendData(SHA256.HashData(bytes));
        }

        _states.TryAdd(Convert.ToHexString(hash.GetHashAndReset()), files);
    }
}
