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
            .Needs(AccessRight.Read, AccessSubject.Handler).WithName("querySeriesTags").WithTags("Series").WithSummary("Tags that some runs have, by kind of series.")
            .WithDescription("The union over the runs; ids of no run are passed over. seq, and the header Lossboard-Seq, is the commit to subscribe after.");

    private static async Task<IResult> ReadAsync(HttpContext context, IRunIndex index, SeqSource seqs, ApiLimits limits, CancellationToken cancellation)
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
        var tags = await index.ReadTagsAsync(query.RunIds!.Where(id => id is not null).Distinct().ToList(), kinds, cancellation);
        SeqHeader.Set(context.Response, seq);
        return TypedResults.Ok(new TagsAnswer(seq, kinds.ToDictionary(RecordKinds.Name, kind => tags.GetValueOrDefault(kind, []))));
    }

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
