using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Which workers were heard of lately. In memory: a worker that lives asks again within seconds of a restart.</summary>
internal sealed class WorkerRegistry(TimeProvider clock)
{
    // Twice the longest that a lane is held while it asks: one that lives is heard of more often.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);

    // Bounds what a client with ever new ids could make the server remember.
    private const int MostWorkers = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (WorkerView View, long Seen, IReadOnlyCollection<string>? Projects)> _workers = [];

    /// <summary>Notes that a worker asks for work in some projects; null for every one.</summary>
    public void Asked(LeaseRequest request, IReadOnlyCollection<string>? projects)
    {
        lock (_gate)
        {
            Forget();
            if (_workers.Count >= MostWorkers && !_workers.ContainsKey(request.WorkerId!))
                return;
            _workers[request.WorkerId!] = (new WorkerView
            {
                Id = request.WorkerId!,
                Name = request.Name!,
                Lanes = request.Lanes ?? [request.Lane!],
                Kinds = request.Kinds ?? [],
                Engine = request.Engine,
                Problem = request.Problem,
                Seen = Now,
                Jobs = [],
            }, clock.GetTimestamp(), projects);
        }
    }

    /// <summary>Notes that a worker was heard of.</summary>
    public void Heard(string workerId)
    {
        lock (_gate)
        {
            if (_workers.TryGetValue(workerId, out var known))
                _workers[workerId] = (known.View with { Seen = Now }, clock.GetTimestamp(), known.Projects);
        }
    }

    /// <summary>Whether some worker has a GPU for all of these kinds, in all of these projects: another's would be waited for in vain.</summary>
    public bool HasGpu(IReadOnlyList<string> kinds, IReadOnlyCollection<string>? projects)
    {
        lock (_gate)
        {
            Forget();
            return _workers.Values.Any(worker => worker.View.Lanes.Any(IsGpu) && kinds.All(worker.View.Kinds.Contains)
                && (worker.Projects is null || projects?.All(worker.Projects.Contains) == true));
        }
    }

    /// <summary>Whether a lane is a GPU.</summary>
    public static bool IsGpu(string lane) => lane.StartsWith("cuda", StringComparison.Ordinal);

    /// <summary>The workers with the jobs they have.</summary>
    /// <param name="jobs">Ids of jobs by worker.</param>
    /// <param name="isShown">Which of them, by the projects that they work for (null for every one); null for all of them.</param>
    public IReadOnlyList<WorkerView> List(ILookup<string, string> jobs, Func<IReadOnlyCollection<string>?, bool>? isShown = null)
    {
        lock (_gate)
        {
            Forget();
            return [.. _workers.Values.Where(worker => isShown?.Invoke(worker.Projects) != false).Select(worker => worker.View with { Jobs = [.. jobs[worker.View.Id]] }).OrderBy(worker => worker.Name, StringComparer.Ordinal)];
        }
    }

    private double Now => clock.Seconds();

    private void Forget()
    {
        foreach (var (id, _) in _workers.Where(worker => clock.GetElapsedTime(worker.Value.Seen) > Remembered).ToList())
            _workers.Remove(id);
    }
}
