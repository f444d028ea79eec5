using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads records, with the answers for what is not there.</summary>
internal sealed class RecordReads(ISeriesStore series)
{
    /// <summary>Records of one kind, or of one tag where it is given.</summary>
    /// <exception cref="ApiProblemException">404 for no such run, or no such tag where one is given.</exception>
    public async Task<IReadOnlyList<StoredRecord>> ListAsync(string runId, RecordKind kind, string? tag, CancellationToken cancellation)
    {
        var records = await series.ReadRecordsAsync(runId, kind, tag, null, cancellation) ?? throw ApiProblems.RunNotFound();
        return records.Count == 0 && tag is not null ? throw ApiProblems.SeriesNotFound() : records;
    }

    /// <summary>One record: of the step where it is given, else the one logged last.</summary>
    /// <exception cref="ApiProblemException">404 for no such run, tag or step; 500 where its bytes are damaged.</exception>
    public async Task<(StoredRecord Record, byte[] Payload)> FindAsync(string runId, RecordKind kind, string tag, long? step, CancellationToken cancellation)
    {
        if (step is null)
        {
            // The listing knows the last step, so that one record is read and not all of them.
            var all = await series.ListAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
            step = all.FirstOrDefault(one => one.Kind == kind && one.Tag == tag)?.LastStep ?? throw ApiProblems.SeriesNotFound();
        }
        var records = await series.ReadRecordsAsync(runId, kind, tag, step, cancellation) ?? throw ApiProblems.RunNotFound();
        if (records.Count == 0)
            throw ApiProblems.StepNotFound();
        // A restarted job logs a step again; what it logged last counts.
        var record = records[^1];
        return (record, record.Payload ?? throw ApiProblems.Damaged());
    }

    /// <summary>Steps whose payload is lost, or null where there are none.</summary>
    public static IReadOnlyList<long>? DamagedSteps(IReadOnlyList<StoredRecord> records)
    {
        var steps = records.Where(record => record.Payload is null).Select(record => record.Step).ToList();
        return steps.Count == 0 ? null : steps;
    }
}
