using System.Text;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Tags over many runs.</summary>
internal static class TagEndpoints
{
    /// <summary>Maps <c>/series/tags</c>.</summary>
    public static void MapTags(this IEndpointRouteBuilder api) =>
        api.MapPost("/series/tags", ReadAsync)
            .Accepts<TagsQuery>(MediaTypes.Json).Produces<TagsAnswer>()
            .Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("querySeriesTags").WithTags("Series").WithSummary("Tags that some runs have, by kind of series.")
            .WithDescription("The union over the runs; ids of no run are passed over. seq, and the header Lossboard-Seq, is the commit to subscribe after.");

    private static async Task<IResult> ReadAsync(HttpContext context, Caller caller, RunAccess access, IRunIndex index, SeqSource seqs, ApiLimits limits, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.TagsQuery);
        var errors = new BodyErrors(limits.MaxErrors);
        if (query.RunIds is null)
            errors.Add("/run_ids", "missing", "The field 'run_ids' is required: an array of run ids.");
        else if (query.RunIds.Count > limits.MaxQueryRunIds)
            errors.Add("/run_ids", "too_many_runs", $"A request may name {limits.MaxQueryRunIds} runs at the most; ask in parts.");
        var kinds = Kinds(query.Types, errors);
        errors.ThrowIfAny();
        // Before the read: what is committed meanwhile may be in the answer, and what was committed before is.
        var seq = seqs.LastSeq;
        var scope = await access.OfAsync(caller, query.RunIds, cancellation);
        var tags = await TagsAsync(query.RunIds!.Where(id => id is not null).Distinct().ToList(), kinds, scope, index, cancellation);
        SeqHeader.Set(context.Response, seq);
        return TypedResults.Ok(new TagsAnswer(seq, kinds.ToDictionary(RecordKinds.Name, kind => tags.GetValueOrDefault(kind, []))));
    }

    // Runs of which all tags are seen are one read; the others, which come with share links, are read one by one.
    private static async Task<IReadOnlyDictionary<RecordKind, IReadOnlyList<string>>> TagsAsync(
        List<string> runIds, List<RecordKind> kinds, RunScope scope, IRunIndex index, CancellationToken cancellation)
    {
        var whole = await index.ReadTagsAsync(runIds.ConvertAll(scope.MaskPart), kinds, cancellation);
        var parts = runIds.FindAll(id => scope.TagsOf(id) is { Count: > 0 });
        if (parts.Count == 0)
            return whole;
        var found = kinds.ToDictionary(kind => kind, kind => new SortedSet<string>(whole.GetValueOrDefault(kind, []), ByUtf8));
        foreach (var runId in parts)
        {
            foreach (var (kind, tags) in await index.ReadTagsAsync([runId], kinds, cancellation))
                found[kind].UnionWith(tags.Where(scope.TagsOf(runId)!.Contains));
        }
        return found.ToDictionary(one => one.Key, one => (IReadOnlyList<string>)[.. one.Value]);
    }

    private static readonly Comparer<string> ByUtf8 = Comparer<string>.Create(
        static (left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    private static List<RecordKind> Kinds(IReadOnlyList<string>? types, BodyErrors errors)
    {
        if (types is null)
            return [.. Enum.GetValues<RecordKind>()];
        var kinds = new List<RecordKind>();
        for (var at = 0; at < types.Count; at++)
        {
            if (types[at] is not { } name || RecordKinds.Kind(name) is not { } kind)
                errors.Add($"/types/{at}", "unknown_type", $"A type is one of {string.Join(", ", Enum.GetValues<RecordKind>().Select(RecordKinds.Name))}.");
            else if (!kinds.Contains(kind))
                kinds.Add(kind);
        }
        return kinds;
    }
}
