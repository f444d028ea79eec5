using Dashboard.Series;

namespace Dashboard.Storage;

/// <summary>A batch on its way to the disk. What needs no lock (dropping doubles, encoding) is done where it is made, before it queues.</summary>
internal sealed class AppendItem : WriteItem
{
    private readonly TaskCompletionSource<IngestReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IngestBatch _batch;
    private readonly ScalarBlock[] _blocks;
    private readonly byte[][] _encoded;
    private readonly long _accepted;
    private readonly SeriesState[] _states;
    private long _duplicates;
    private RunState? _run;
    private IngestReceipt? _receipt;
    private List<(string Tag, RecordKind Kind)>? _added;
    private Dictionary<SeriesState, SeriesTotals>? _records;

    public AppendItem(IngestBatch batch)
    {
        if (batch.IdempotencyKey is not null && batch.BodyHash is null)
            throw new ArgumentException("A batch with an idempotency key needs the hash of its body.", nameof(batch));
        _batch = batch;
        var scalars = batch.Scalars.Where(block => block.Points.Count > 0).ToList();
        _blocks = new ScalarBlock[scalars.Count];
        _encoded = new byte[_blocks.Length][];
        _states = new SeriesState[_blocks.Length];
        long bytes = 0;
        for (var i = 0; i < _blocks.Length; i++)
        {
            var points = scalars[i].Points;
            _accepted += points.Count;
            var kept = KeepLastOfEachStep(points);
            _duplicates += points.Count - kept;
            _blocks[i] = kept == points.Count
                ? scalars[i]
                : new ScalarBlock(scalars[i].Tag, new SeriesColumns(points.Steps, points.WallTimes, points.Values, kept));
            _encoded[i] = ChunkCodec.Encode(points.Steps.AsSpan(0, kept), points.WallTimes.AsSpan(0, kept), points.Values.AsSpan(0, kept));
            bytes += _encoded[i].Length + (kept * 24L);
        }

        foreach (var record in batch.Records) bytes += record.Payload.Length;
        _accepted += batch.Records.Count;
        Bytes = bytes;
    }

    public override long Bytes { get; }

    public Task<IngestReceipt> Task => _done.Task;

    protected override void Execute(WriterSession session)
    {
        var run = session.Runs.Open(_batch.Project, _batch.Run);
        if (_batch.IdempotencyKey is { } key && session.Answers.Find(run, key) is var (known, hash))
        {
            if (!hash.AsSpan().SequenceEqual(_batch.BodyHash)) throw new IdempotencyKeyReusedException();
            _receipt = known;
            return;
        }

        _run = run;
        var keys = new long[_blocks.Length];
        for (var i = 0; i < _blocks.Length; i++)
        {
            var points = _blocks[i].Points;
            var state = OpenSeries(session, run, RecordKind.Scalar, _blocks[i].Tag);
            _states[i] = state;
            keys[i] = state.Key;
            var staged = session.Staged(state);
            if (staged.Replaces(points.Steps[0])) _duplicates++;
            staged.Count += points.Count;
            staged.LastStep = points.Steps[points.Count - 1];
            state.Staged = staged;
        }

        foreach (var record in _batch.Records) Execute(session, run, record);
        var seq = session.Inbox.Insert(InboxCodec.Write(keys, _encoded));
        _receipt = new IngestReceipt(run.Id, _accepted, _duplicates, false, seq);
        if (_batch.IdempotencyKey is { } fresh) session.Answers.Insert(run, fresh, _batch.BodyHash!, _receipt);
        session.Runs.Touch(run);
    }

    private void Execute(WriterSession session, RunState run, RecordBlock record)
    {
        var state = OpenSeries(session, run, record.Kind, record.Tag);
        var totals = session.Staged(state);
        // Phases have no steps: each is an event of its own.
        var replaces = record.Kind != RecordKind.Phase && totals.Replaces(record.Step);
        if (replaces) _duplicates++;
        else totals.Count++;
        if (totals.Count == 1) totals.FirstStep = record.Step;
        totals.LastStep = record.Step;
        state.Staged = totals;
        session.Records.Upsert(state, totals, record);
        (_records ??= [])[state] = totals;
    }

    public override void Committed(WriterSession session)
    {
        if (_run is null || _receipt is null) return;
        for (var i = 0; i < _blocks.Length; i++) session.Inbox.Append(_states[i], _blocks[i].Points);
        if (_records is not null)
        {
            foreach (var (state, totals) in _records) state.SetTotals(totals);
        }

        session.Inbox.Applied(_receipt.Seq, _accepted);
        if (_added is not null) session.Tell(observer => observer.SeriesAdded(_receipt.Seq, _run.Project, _run.Id, _added));
        if (_blocks.Length > 0) session.Tell(observer => observer.PointsCommitted(_receipt.Seq, _run.Project, _run.Id, _blocks));
    }

    public override void Succeed() => _done.TrySetResult(_receipt!);

    public override void Fail(Exception failure) => _done.TrySetException(failure);

    private SeriesState OpenSeries(WriterSession session, RunState run, RecordKind kind, string tag)
    {
        var state = session.Series.Open(run, kind, tag, out var created);
        if (created) (_added ??= []).Add((tag, kind));
        return state;
    }

    // A second value for a step replaces the first. In place: the batch gave its columns away.
    private static int KeepLastOfEachStep(SeriesColumns points)
    {
        var kept = 0;
        for (var i = 0; i < points.Count; i++)
        {
            if (kept > 0 && points.Steps[kept - 1] == points.Steps[i]) kept--;
            if (kept != i)
            {
                points.Steps[kept] = points.Steps[i];
                points.WallTimes[kept] = points.WallTimes[i];
                points.Values[kept] = points.Values[i];
            }

            kept++;
        }

        return kept;
    }
}
