using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary><c>POST /runs/bulk</c>: one change of many runs, or their removal.</summary>
internal static class BulkRuns
{
    public static async Task<BulkRunsAnswer> ApplyAsync(HttpContext context, IRunStore runs, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.BulkRunsRequest);
        var (ids, change) = new RunChanges(limits).Of(request);
        if (change is not null)
        {
            var (changed, missing) = await runs.ChangeAsync(ids, change, CancellationToken.None);
            return new BulkRunsAnswer(changed, missing);
        }

        var gone = new List<string>();
        foreach (var id in ids)
        {
            if (!await runs.RemoveAsync(id, CancellationToken.None))
                gone.Add(id);
        }

        return new BulkRunsAnswer(ids.Count - gone.Count, gone);
    }
}
