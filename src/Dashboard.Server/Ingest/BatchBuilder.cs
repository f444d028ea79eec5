using System.Text;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Gathers the events of one request into the batch that the store takes.</summary>
/// <param name="limits">What a request may hold.</param>
/// <param name="errors">Where faults go.</param>
/// <param name="collection">First part of pointers to what holds tags: <c>events</c> or <c>series</c>.</param>
/// <param name="now">Server clock at arrival, rounded to milliseconds: the wall time of events that bring none.</param>
internal sealed class BatchBuilder(ApiLimits limits, BodyErrors errors, string collection, double now)
{
    private readonly Dictionary<byte[], SeriesBuilder?> _tags = new(Utf8Comparer.Instance);
    private readonly List<SeriesBuilder> _series = [];
    private readonly List<RecordBlock> _records = [];
    private long _points;

    /// <summary>Wall time of events that bring none.</summary>
    public double Now => now;

    public string? Project { get; set; }

    public string? Run { get; set; }

    public void Add(RecordBlock record) => _records.Add(record);

    /// <summary>The series of a tag given as UTF-8; null where its name is refused, which is noted the first time it comes.</summary>
    public SeriesBuilder? Series(ReadOnlySpan<byte> tag, int index)
    {
        var lookup = _tags.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(tag, out var known))
            return known;
        var name = Encoding.UTF8.GetString(tag);
        var pointer = $"/{collection}/{index}/tag";
        SeriesBuilder? series = null;
        if (NameRule.Check(name, limits.MaxNameBytes, "The tag") is { } fault)
            errors.Add(pointer, fault.Code, fault.Message);
        else if (_series.Count >= limits.MaxTags)
            throw ApiProblems.Refused([new ProblemError(pointer, "too_many_tags", $"A request may name {limits.MaxTags} scalar tags at the most. Split it.")]);
        else
            _series.Add(series = new SeriesBuilder(name));
        lookup[tag] = series;
        return series;
    }

    /// <summary>Counts points against the limit of a request.</summary>
    public void Count(long points, int index)
    {
        _points += points;
        if (_points > limits.MaxPoints)
            throw ApiProblems.Refused([new ProblemError($"/{collection}/{index}", "too_many_points", $"A request may hold {limits.MaxPoints} points at the most. Split it.")]);
    }

    /// <summary>The batch; project and run are checked here because they may follow the events.</summary>
    public IngestBatch Build()
    {
        CheckName(Project, "project");
        CheckName(Run, "run");
        errors.ThrowIfAny();
        return new IngestBatch
        {
            Project = Project!,
            Run = Run!,
            Scalars = _series.Where(series => !series.IsEmpty).Select(series => series.Build()).ToList(),
            Records = _records,
        };
    }

    private void CheckName(string? name, string field)
    {
        if (name is null)
            errors.Add($"/{field}", "missing", $"The field '{field}' is required: a text of 1 to {limits.MaxNameBytes} UTF-8 bytes.");
        else if (NameRule.Check(name, limits.MaxNameBytes, $"The {field} name") is { } fault)
            errors.Add($"/{field}", fault.Code, fault.Message);
    }
}
