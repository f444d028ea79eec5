using System.Globalization;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Pages of the runs that a query finds, newest first.</summary>
internal sealed class RunPages(RunSearch search, IRunIndex index, ApiLimits limits)
{
    private static readonly RunSort[] NewestFirst = [];

    /// <summary>A page of the runs of a project, or of all where it is null, as far as a caller sees them.</summary>
    /// <exception cref="ArgumentException">The cursor is not one that this gave.</exception>
    /// <exception cref="QueryException">The query took too long.</exception>
    public async Task<RunPage> FindAsync(Caller caller, string? project, QueryNode query, int limit, string? cursor, bool trash, CancellationToken cancellation)
    {
        var after = Parse(cursor);
        var states = trash ? RunState.Trash : RunState.Live | RunState.Archived;
        IReadOnlyList<string> projects = project is null ? await index.ListProjectNamesAsync(cancellation) : [project];
        var found = new List<RunInfo>();
        foreach (var name in projects)
        {
            var scope = ProjectScope.Of(caller, name);
            if (!scope.IsWhole && scope.RunIds.Count == 0)
                continue;
            var selection = await search.SelectAsync(name, scope, states, query, NewestFirst, [], cancellation);
            // One more than the page of each project: there is no more to choose from, and whether another page follows is known.
            found.AddRange(selection.Matched.Select(row => selection.Rows.Runs[row].Info).Where(run => after is not var (created, id) || IsAfter(run, created, id)).Take(limit + 1));
        }
        found.Sort(static (left, right) => right.Created.CompareTo(left.Created) is not 0 and var age ? age : string.CompareOrdinal(left.Id, right.Id));
        var page = await index.FindAsync([.. found.Take(limit).Select(run => run.Id)], limits.MaxListedSummaryTags, cancellation);
        return new RunPage(page, found.Count > limit ? Write(found[limit - 1]) : null);
    }

    private static bool IsAfter(RunInfo run, double created, string id) => run.Created < created || (run.Created == created && string.CompareOrdinal(run.Id, id) > 0);

    private static string Write(RunInfo last) => string.Create(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToInt64Bits(last.Created):x}.{last.Id}");

    private static (double Created, string Id)? Parse(string? cursor)
    {
        if (cursor is null)
            return null;
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var created)
            ? (BitConverter.Int64BitsToDouble(created), cursor[(dot + 1)..])
            : throw new ArgumentException("The cursor is not one that a listing gave.", nameof(cursor));
    }
}
