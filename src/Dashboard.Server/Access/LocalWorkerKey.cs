namespace Dashboard.Server;

/// <summary>The key of the worker that the server starts itself: made anew at each start, kept in memory alone, and handed over through the worker's environment.</summary>
internal sealed class LocalWorkerKey
{
    /// <summary>Environment variable that workers read their key from.</summary>
    public const string Variable = "LOSSBOARD_WORKER_KEY";

    /// <summary>The key.</summary>
    public string Secret { get; } = ApiKeySecret.Make();

    /// <summary>Who it stands for.</summary>
    public Caller Caller { get; } = new(CallerKind.Key, "local worker", [new AccessGrant(AccessRight.Work)]) { Credentials = ["key:local-worker"] };
}
