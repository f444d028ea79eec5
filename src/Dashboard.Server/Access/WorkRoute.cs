namespace Dashboard.Server;

/// <summary>Marks an endpoint that workers may use too: what a job is computed from, and what comes of it.</summary>
internal sealed class WorkRoute;
