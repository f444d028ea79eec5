using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Who asks.</summary>
/// <param name="WorkerId">Chosen at the start.</param>
/// <param name="Name">For people.</param>
/// <param name="Lanes">Names of all lanes.</param>
internal sealed record LaneIdentity(string WorkerId, string Name, IReadOnlyList<string> Lanes)
{
    // The interface's limit for texts of a worker.
    private const int LongestText = 4000;

    /// <summary>A request for a job, or where nothing can be computed the word that says why.</summary>
    public LeaseRequest Request(string lane, StartedEngine started) => new()
    {
        WorkerId = WorkerId,
        Name = Name,
        Lane = lane,
        Lanes = Lanes,
        Kinds = started.Kinds,
        Engine = started.Engine?.Runtime?.Engine,
        Problem = started.Problem is { Length: > LongestText } problem ? problem[..LongestText] : started.Problem,
    };
}
