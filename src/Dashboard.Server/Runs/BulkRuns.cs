using System.Globalization;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary><c>POST /runs/bulk</c>: one change of many runs, or their removal.</summary>
internal static class BulkRuns
{
    public static async Task<BulkRunsAnswer> ApplyAsync(HttpContext context, Caller caller, RunAccess access, IRunStore runs, SubjectProjects projects, AuditLog audit, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.BulkRunsRequest);
        var (ids, change) = new RunChanges(limits).Of(request);
        var scope = await access.OfAsync(caller, ids, context.RequestAborted);
        ids = [.. ids.Select(scope.Mask)];
        scope.Require(change is null ? AccessRight.Manage : AccessRight.Write, ids);
        if (change is not null)
        {
            var (changed, missing) = await runs.ChangeAsync(ids, change, CancellationToken.None);
            return new BulkRunsAnswer(changed, [.. missing.Select(scope.Unmask)]);
        }

        var gone = new List<string>();
        var owners = await projects.OfRunsAsync(ids, context.RequestAborted);
        foreach (var id in ids)
        {
            if (!await runs.RemoveAsync(id, CancellationToken.None))
                gone.Add(id);
        }
        // One entry a project: a thousand runs are one decision.
        foreach (var removed in ids.Except(gone).Where(owners.ContainsKey).GroupBy(id => owners[id]))
        {
            await audit.WriteAsync(context, "runs.deleted", removed.Key, null, new Dictionary<string, string>
            {
                ["count"] = removed.Count().ToString(CultureInfo.InvariantCulture),
                ["runs"] = string.Join(' ', removed),
            });
        }

        return new BulkRunsAnswer(ids.Count - gone.Count, [.. gone.Select(scope.Unmask)]);
    }
}
