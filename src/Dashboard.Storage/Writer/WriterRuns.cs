using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Dashboard.Storage;

/// <summary>Finds and makes runs by name on the write path, and keeps their last sign of life.</summary>
internal sealed class WriterRuns(WriterSession session, SqliteConnection connection, RunCache cache, TimeProvider clock) : IDisposable
{
    private const string Select = """SELECT r."Key", r."Id", p."Name", r."Name" FROM "runs" r JOIN "projects" p ON p."Key" = r."ProjectKey" WHERE r."Removed" = 0 AND """;

    /// <summary>Seconds between two writes of a run's last sign of life: a row a second, not one a batch.</summary>
    private const double TouchInterval = 1;

    private readonly Statement _byName = new(connection, Select + """p."Name" = $1 AND r."Name" = $2""", 2);
    private readonly Statement _byKey = new(connection, Select + """r."Key" = $1""", 1);
    private readonly Statement _byId = new(connection, Select + """r."Id" = $1""", 1);
    private readonly Statement _project = new(connection, """SELECT "Key" FROM "projects" WHERE "Name" = $1""", 1);
    private readonly Statement _addProject = new(connection, """INSERT INTO "projects" ("Name", "Created") VALUES ($1, $2) RETURNING "Key" """, 2);

    private readonly Statement _addRun = new(connection,
        """
        INSERT INTO "runs" ("Id", "ProjectKey", "Name", "Status", "Config", "Tags", "Notes", "Created", "Updated", "Removed")
        VALUES ($1, $2, $3, 0, '{}', '[]', '', $4, $4, 0) RETURNING "Key"
        """, 4);

    private readonly Statement _touch = new(connection, """UPDATE "runs" SET "Updated" = $2 WHERE "Key" = $1""", 2);

    /// <summary>Seconds since the Unix epoch, to the millisecond.</summary>
    public double Now => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    public RunState Open(string project, string name) => Open(project, name, out _);

    public RunState Open(string project, string name, out bool created)
    {
        created = false;
        if (cache.TryGet(project, name, out var run) || Load(_byName, [project, name]) is { } && cache.TryGet(project, name, out run)) return run;
        created = true;
        var now = Now;
        var projectKey = _project.Scalar(project) as long? ?? (long)_addProject.Scalar(project, now)!;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var key = (long)_addRun.Scalar(id, projectKey, name, now)!;
        run = new RunState(key, id, project, name) { Touched = now, TouchedStored = now };
        cache.Add(run);
        session.OnDiscard(() => cache.Remove(run));
        session.RunChanged(run);
        return run;
    }

    /// <summary>The run of this id, or null.</summary>
    public RunState? Find(string id) => cache.TryGet(id, out var run) ? run : Load(_byId, [id]);

    /// <summary>The run of this key, or null.</summary>
    public RunState? Find(long key) => Load(_byKey, [key]);

    /// <summary>Notes a sign of life.</summary>
    public void Touch(RunState run)
    {
        run.Touched = Now;
        if (run.Touched - run.TouchedStored >= TouchInterval) Store(run);
    }

    /// <summary>Writes the last sign of life of a run that went quiet between two rows.</summary>
    public void StoreTouched(RunState run)
    {
        if (!run.Removed && run.Touched > run.TouchedStored) Store(run);
    }

    public void Rename(RunState run, string name)
    {
        var before = run.Name;
        Move(run, name);
        session.OnDiscard(() => Move(run, before));
    }

    public void Remove(RunState run)
    {
        run.Removed = true;
        cache.Remove(run);
        session.OnDiscard(() =>
        {
            run.Removed = false;
            cache.Add(run);
        });
    }

    public void Dispose()
    {
        _byName.Dispose();
        _byKey.Dispose();
        _byId.Dispose();
        _project.Dispose();
        _addProject.Dispose();
        _addRun.Dispose();
        _touch.Dispose();
    }

    private void Store(RunState run)
    {
        var before = run.TouchedStored;
        _touch.Execute(run.Key, run.Touched);
        run.TouchedStored = run.Touched;
        session.OnDiscard(() => run.TouchedStored = before);
        session.RunChanged(run);
    }

    private void Move(RunState run, string name)
    {
        cache.Remove(run);
        run.Name = name;
        cache.Add(run);
    }

    private RunState? Load(Statement select, ReadOnlySpan<object?> by)
    {
        using var row = select.Read(by);
        if (!row.Read()) return null;
        if (cache.TryGet(row.GetString(1), out var known)) return known;
        var run = new RunState(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3));
        cache.Add(run);
        session.OnDiscard(() => cache.Remove(run));
        return run;
    }
}
