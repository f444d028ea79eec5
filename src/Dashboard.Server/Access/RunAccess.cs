using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What callers see of the runs and jobs that a request names in its body or asks for in a list. An administrator sees all, and nothing is looked up for one.</summary>
internal sealed class RunAccess(SubjectProjects projects, IJobStore jobs)
{
    /// <summary>What a caller sees of some runs; those that do not exist, and nulls among the ids, count for nothing.</summary>
    public async ValueTask<RunScope> OfAsync(Caller caller, IEnumerable<string?>? runIds, CancellationToken cancellation)
    {
        if (caller.IsAdministrator)
            return RunScope.Everything;
        var named = (runIds ?? []).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return RunScope.Of(caller, named.Count == 0 ? new Dictionary<string, string>() : await projects.OfRunsAsync(named, cancellation));
    }

    /// <summary>Ends the request where a caller lacks a right in a run that the request names.</summary>
    /// <exception cref="ApiProblemException">404 where there is no such run or the caller may not know of it, else 403.</exception>
    public async ValueTask RequireAsync(Caller caller, AccessRight right, string runId, CancellationToken cancellation)
    {
        if (caller.MayEverywhere(right))
            return;
        caller.Require(right, await projects.OfRunAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound(), runId);
    }

    /// <summary>What of all runs a caller sees; null for all of them.</summary>
    public static RunsWithin? Within(Caller caller)
    {
        if (caller.MayEverywhere(AccessRight.Read))
            return null;
        var reading = caller.Grants.Where(grant => grant.Covers(AccessRight.Read)).ToList();
        return new RunsWithin(
            reading.Where(grant => !grant.IsShared).Select(grant => grant.Project!).ToHashSet(StringComparer.Ordinal),
            reading.Where(grant => grant.IsShared).SelectMany(grant => grant.RunIds!).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Projects in which a caller has a right in whole; null for every one.</summary>
    public static IReadOnlyCollection<string>? Projects(Caller caller, AccessRight right) => caller.MayEverywhere(right)
        ? null
        : caller.Grants.Where(grant => grant.Covers(right) && !grant.IsShared).Select(grant => grant.Project!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a caller who sees a part of a project sees a job: all that it was computed from is within that part.</summary>
    public async ValueTask<bool> SeesJobAsync(Caller caller, string project, string jobId, CancellationToken cancellation)
    {
        var scope = ProjectScope.Of(caller, project);
        return scope.RunIds.Count > 0 && await jobs.FindAsync(jobId, cancellation) is { } job && JobRuns.Shows(scope, job.SpecJson);
    }
}
