namespace Dashboard.Server;

/// <summary>How the project is found that a request is about.</summary>
internal enum AccessSubject
{
    /// <summary>It is about the server: the right is needed on every project.</summary>
    Server,
    /// <summary>By the route's <c>run_id</c>.</summary>
    Run,
    /// <summary>By the route's <c>job_id</c>.</summary>
    Job,
    /// <summary>By the route's <c>view_id</c>.</summary>
    View,
    /// <summary>By the query's <c>project</c>.</summary>
    Project,
    /// <summary>The endpoint finds it (in the body, say) and asks the <see cref="Caller"/> itself; the right is needed somewhere at least.</summary>
    Handler,
}
