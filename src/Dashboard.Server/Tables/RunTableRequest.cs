using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>A table request that was checked.</summary>
internal sealed record RunTableRequest
{
    public required string Project { get; init; }
    public required QueryNode? Query { get; init; }
    public required RunState State { get; init; }
    public required IReadOnlyList<RunSort> Sort { get; init; }
    public required IReadOnlyList<(string Name, ValuePath Path)> Columns { get; init; }
    public required int Offset { get; init; }
    public required int Limit { get; init; }

    /// <summary>Checks a body.</summary>
    /// <exception cref="ApiProblemException">422 with every fault.</exception>
    public static RunTableRequest Of(RunTableQuery body, ApiLimits limits)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (string.IsNullOrEmpty(body.Project))
            errors.Add("/project", "missing", "The field 'project' is required: the name of a project.");
        RunState? state = body.State is null ? RunState.Live : RunStates.Parse(body.State);
        if (state is null)
            errors.Add("/state", "unknown_state", "The state is live, archived or trash.");
        var (offset, limit) = (body.Offset ?? 0, body.Limit ?? limits.DefaultTableRuns);
        if (offset < 0)
            errors.Add("/offset", "out_of_range", "The offset must be 0 or more.");
        if (limit < 0 || limit > limits.MaxTableRuns)
            errors.Add("/limit", "out_of_range", $"The limit must be from 0 to {limits.MaxTableRuns}.");
        var sort = ReadSort(body.Sort, limits, errors);
        var columns = ReadColumns(body.Columns, limits, errors);
        errors.ThrowIfAny();
        return new RunTableRequest
        {
            Project = body.Project!, Query = RunQueries.Parse(body.Query, limits, "/query"), State = state!.Value, Sort = sort, Columns = columns, Offset = offset, Limit = limit,
        };
    }

    private static List<RunSort> ReadSort(IReadOnlyList<RunTableSort>? keys, ApiLimits limits, BodyErrors errors)
    {
        var sort = new List<RunSort>();
        if (keys?.Count > limits.MaxSortKeys)
            errors.Add("/sort", "too_many_keys", $"A table may have {limits.MaxSortKeys} sort keys at the most.");
        else
        {
            for (var at = 0; at < keys?.Count; at++)
            {
                if (Path(keys[at]?.By, $"/sort/{at}/by", errors) is { } by)
                    sort.Add(new RunSort(by, keys[at].Descending));
            }
        }
        return sort;
    }

    private static List<(string, ValuePath)> ReadColumns(IReadOnlyList<string>? names, ApiLimits limits, BodyErrors errors)
    {
        var columns = new List<(string, ValuePath)>();
        if (names?.Count > limits.MaxTableColumns)
            errors.Add("/columns", "too_many_columns", $"A table may have {limits.MaxTableColumns} columns at the most.");
        else
        {
            for (var at = 0; at < names?.Count; at++)
            {
                // The same column twice is one.
                if (Path(names[at], $"/columns/{at}", errors) is { } path && columns.TrueForAll(known => known.Item1 != names[at]))
                    columns.Add((names[at], path));
            }
        }
        return columns;
    }

    private static ValuePath? Path(string? text, string pointer, BodyErrors errors)
    {
        if (text is null)
        {
            errors.Add(pointer, "missing", "Name a value, such as created, config.lr or summary(\"loss\").min.");
            return null;
        }
        try
        {
            return ValuePathParser.Parse(text);
        }
        catch (QueryException wrong)
        {
            errors.Add(RunQueries.Error(wrong, pointer));
            return null;
        }
    }
}
