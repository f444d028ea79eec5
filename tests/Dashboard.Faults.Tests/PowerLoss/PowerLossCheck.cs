namespace Dashboard.Faults.Tests;

/// <summary>Cuts the power at many moments of a recorded load, opens what is left with the storage, and compares it with what was sent.</summary>
internal sealed class PowerLossCheck
{
    private readonly RecordedLoad _load;
    private readonly string _folder;
    private readonly List<(long Seq, Batch Batch)> _batches;
    private Dictionary<(string Run, string Tag), (long Step, string Hash)[]> _records = [];

    private PowerLossCheck(RecordedLoad load, string folder)
    {
        (_load, _folder) = (load, Path.Combine(folder, "found"));
        _batches = [.. load.Batches.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>Acknowledged batches, runs and artifacts that were looked for, over all moments.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Moments after which the disk held commits that nobody had been told of yet.</summary>
    public int Unacknowledged { get; private set; }

    public static async Task<PowerLossCheck> CreateAsync(RecordedLoad load, string folder)
    {
        var check = new PowerLossCheck(load, folder);
        var disk = new SimulatedDisk(load.Root);
        load.Records.ForEach(disk.Apply);
        // Records are compared by their stored bytes, which are the server's own: those of the end, where nothing was lost, are the measure.
        await check.OpenAsync(disk, PowerLoss.Keeps, new Random(0), async store =>
        {
            foreach (var (name, id) in await store.RunsAsync(RecordedLoad.Project))
            {
                foreach (var (tag, records) in await store.RecordsAsync(id))
                    check._records.Add((name, tag), records);
            }
        });
        return check;
    }

    /// <summary>Cuts the power <paramref name="moments"/> times, half of them right after an answer.</summary>
    /// <returns>What was lost, half or doubled, in words.</returns>
    public async Task<List<string>> RunAsync(List<DiskRecord> records, int moments, int seed)
    {
        var random = new Random(seed);
        var cuts = Enumerable.Range(0, moments)
            .Select(i => i % 2 == 0 ? _load.Answers[random.Next(_load.Answers.Count)].Record : random.Next(records.Count)).Order().ToList();
        var faults = new List<string>();
        var disk = new SimulatedDisk(_load.Root);
        var at = 0;
        for (var i = 0; i < cuts.Count; i++)
        {
            for (; at <= cuts[i]; at++)
                disk.Apply(records[at]);
            var loss = (PowerLoss)(i % 4);
            try
            {
                await OpenAsync(disk, loss, random, store => CheckAsync(store, cuts[i]));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                faults.Add($"Power lost after record {cuts[i]}, unsynced {loss}: {fault.GetType().Name}: {fault.Message}");
            }
        }
        return faults;
    }

    private async Task OpenAsync(SimulatedDisk disk, PowerLoss loss, Random random, Func<RecoveredStore, Task> use)
    {
        disk.WriteAfter(loss, random, _folder);
        try
        {
            await using var store = await RecoveredStore.OpenAsync(Path.Combine(_folder, "data"));
            await use(store);
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task CheckAsync(RecoveredStore store, int cut)
    {
        var answered = _load.Answers.TakeWhile(answer => answer.Record <= cut).ToList();
        Acknowledged += answered.Count;
        var (told, found) = (answered.Max(answer => answer.Seq) ?? 0, store.LastSeq);
        if (found < told)
            throw new InvalidOperationException($"commit {told} was acknowledged and the last one found is {found}.");
        if (found > told)
            Unacknowledged++;
        var runs = await store.RunsAsync(RecordedLoad.Project);
        await CheckRunsAsync(store, runs, answered);
        foreach (var (name, expected) in Expected(found))
            await CheckRunAsync(store, name, runs.GetValueOrDefault(name) ?? throw new InvalidOperationException($"the run '{name}' is missing."), expected);
        await store.AppendAsync(RecordedLoad.Project, "after");
    }

    private async Task CheckRunsAsync(RecoveredStore store, Dictionary<string, string> runs, List<(int Record, long? Seq, string? Id)> answered)
    {
        var artifacts = runs.TryGetValue(RecordedLoad.RunOfArtifacts, out var run) ? await store.ArtifactsAsync(run) : [];
        if (artifacts.Distinct().Count() != artifacts.Count)
            throw new InvalidOperationException("an artifact is listed twice.");
        foreach (var id in answered.Select(answer => answer.Id).OfType<string>())
        {
            if (!(_load.IsRun(id) ? await store.HasRunAsync(id) : artifacts.Contains(id)))
                throw new InvalidOperationException($"the {(_load.IsRun(id) ? "run" : "artifact")} {id} was acknowledged and is missing.");
        }
    }

    // All commits up to the last one found, whole and once: what they are in each run.
    private Dictionary<string, Ledger> Expected(long found)
    {
        var ledgers = new Dictionary<string, Ledger>();
        foreach (var (_, batch) in _batches.TakeWhile(one => one.Seq <= found))
        {
            if (!ledgers.TryGetValue(batch.Run, out var ledger))
                ledgers.Add(batch.Run, ledger = new Ledger());
            ledger.Add(batch);
        }
        return ledgers;
    }

    private async Task CheckRunAsync(RecoveredStore store, string name, string runId, Ledger expected)
    {
        var scalars = await store.ScalarsAsync(runId);
        if (!scalars.Keys.Order().SequenceEqual(expected.Scalars.Keys.Order()))
            throw new InvalidOperationException($"run '{name}' has the series {string.Join(' ', scalars.Keys)}.");
        foreach (var (tag, points) in expected.Scalars)
        {
            if (!points.SequenceEqual(scalars[tag]))
                throw new InvalidOperationException($"run '{name}', '{tag}': {points.Count} points expected, {scalars[tag].Length} found, or others.");
        }
        var records = await store.RecordsAsync(runId);
        foreach (var (tag, count) in expected.Notes.Select(entry => (entry.Key, entry.Value.Count)).Concat(expected.Histograms.Select(entry => (entry.Key, entry.Value.Count))))
        {
            if (!_records[(name, tag)].Take(count).SequenceEqual(records.GetValueOrDefault(tag) ?? []))
                throw new InvalidOperationException($"run '{name}', '{tag}': {count} records expected, {records.GetValueOrDefault(tag)?.Length ?? 0} found, or others.");
        }
    }
}
