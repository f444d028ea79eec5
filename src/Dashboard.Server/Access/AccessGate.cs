using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>
/// Lets a request through to its endpoint where that says who may use it and the caller is one of them. What the endpoint finds out itself (a project in the body) it asks the <see cref="Caller"/>;
/// nothing else in the server decides about access.
/// </summary>
internal sealed partial class AccessGate(RequestDelegate next, CallerReader callers, SubjectProjects projects, ILogger<AccessGate> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Without a route there is nothing to protect: the answer is 404, 405 or 415 for everybody.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }
        var rule = endpoint.Metadata.GetMetadata<AccessRule>();
        if (rule is null)
        {
            NoRule(endpoint.DisplayName);
            throw AccessProblems.Forbidden(AccessRight.Read);
        }
        var caller = await callers.ReadAsync(context);
        // What a link opens, it opens on the routes that are made for links, whatever else the browser sends along.
        if (endpoint.Metadata.GetMetadata<SharedRoute>() is null)
            caller = caller.WithoutLinks();
        context.SetCaller(caller);
        if (rule.Right is { } right && endpoint.Metadata.GetMetadata<OpenPageAttribute>() is null && !caller.IsAdministrator)
        {
            if (caller.Kind == CallerKind.Nobody)
            {
                if (SignInRedirect.TryRedirect(context))
                    return;
                throw AccessProblems.NoCredentials();
            }
            await RequireAsync(context, caller, right, rule.Subject, endpoint.Metadata.GetMetadata<WorkRoute>() is not null);
        }
        await next(context);
    }

    // A worker's right is one over projects: it passes where the project is within it.
    private async Task RequireAsync(HttpContext context, Caller caller, AccessRight right, AccessSubject subject, bool orWork)
    {
        switch (subject)
        {
            case AccessSubject.Run:
                var runId = Route(context, "run_id");
                var owner = await projects.OfRunAsync(runId, context.RequestAborted) ?? throw ApiProblems.RunNotFound();
                if (!(orWork && caller.May(AccessRight.Work, owner)))
                    caller.Require(right, owner, runId);
                break;
            case AccessSubject.Job:
                var job = await projects.OfJobAsync(Route(context, "job_id"), context.RequestAborted) ?? throw ApiProblems.JobNotFound();
                if (!(orWork && caller.May(AccessRight.Work, job)))
                    Require(caller, right, job, ApiProblems.JobNotFound);
                break;
            case AccessSubject.View:
                Require(caller, right, await projects.OfViewAsync(Route(context, "view_id"), context.RequestAborted) ?? throw ApiProblems.ViewNotFound(), ApiProblems.ViewNotFound);
                break;
            case AccessSubject.Project when context.Request.Query["project"] is [{ Length: > 0 } project]:
                caller.Require(right, project);
                break;
            case AccessSubject.Server when !caller.MayEverywhere(right):
            case AccessSubject.Project or AccessSubject.Handler when !caller.May(right):
                throw AccessProblems.Forbidden(right);
        }
    }

    private static void Require(Caller caller, AccessRight right, string project, Func<ApiProblemException> notFound)
    {
        if (caller.May(right, project))
            return;
        throw caller.Sees(project) ? AccessProblems.Forbidden(right) : notFound();
    }

    private static string Route(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";

    [LoggerMessage(2401, LogLevel.Error, "The endpoint {Endpoint} does not say who may use it, and is refused.")]
    private partial void NoRule(string? endpoint);
}
