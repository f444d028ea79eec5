using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>
/// Lets a request through to its endpoint where that says who may use it and the caller is one of them. What the endpoint finds out itself (a project in the body) it asks the <see cref="Caller"/>,
/// and which runs, <see cref="RunAccess"/>; nothing else in the server decides about access.
/// </summary>
internal sealed partial class AccessGate(RequestDelegate next, CallerReader callers, SubjectProjects projects, RunAccess access, RateLimits rates, ILogger<AccessGate> logger)
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
        var shared = endpoint.Metadata.GetMetadata<SharedRoute>();
        // What a link opens, it opens on the routes that are made for links, whatever else the browser sends along.
        if (shared is null)
            caller = caller.WithoutLinks();
        context.SetCaller(caller);
        AccessHeaders.Set(context, caller, isOpen: rule.Right is null);
        rates.Request(context, caller);
        if (rule.Right is { } right && endpoint.Metadata.GetMetadata<OpenPageAttribute>() is null && !caller.IsAdministrator)
        {
            if (caller.Kind == CallerKind.Nobody)
            {
                if (SignInRedirect.TryRedirect(context))
                    return;
                throw AccessProblems.NoCredentials();
            }
            try
            {
                // Whether there is what they ask for makes no difference.
                if (caller.Kind == CallerKind.Share && shared is null)
                    throw AccessProblems.Forbidden(right, caller);
                await RequireAsync(context, caller, right, rule.Subject, new Marks(shared, endpoint.Metadata.GetMetadata<WorkRoute>() is not null));
            }
            catch (ApiProblemException refused) when (SignInRedirect.IsForPage(context))
            {
                // A person gets a page that says so, or that there is nothing, where they may not know.
                context.Response.StatusCode = refused.Problem.Status;
                return;
            }
        }
        await next(context);
    }

    // A worker's right is one over projects: it passes where the project is within it.
    private async Task RequireAsync(HttpContext context, Caller caller, AccessRight right, AccessSubject subject, Marks marks)
    {
        var cancellation = context.RequestAborted;
        switch (subject)
        {
            case AccessSubject.Run:
                var runId = Route(context, "run_id");
                var owner = await projects.OfRunAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
                if (marks.OrWork && caller.May(AccessRight.Work, owner))
                    break;
                caller.Require(right, owner, runId);
                if (marks.Shared is { } shared)
                    RequireTags(context, caller.TagsOf(owner, runId), shared.Tags);
                break;
            case AccessSubject.Job:
                var jobId = Route(context, "job_id");
                var job = await projects.OfJobAsync(jobId, cancellation) ?? throw ApiProblems.JobNotFound();
                if ((marks.OrWork && caller.May(AccessRight.Work, job)) || (marks.Shared is not null && await access.SeesJobAsync(caller, job, jobId, cancellation)))
                    break;
                Require(caller, right, job, ApiProblems.JobNotFound);
                break;
            case AccessSubject.View:
                var viewId = Route(context, "view_id");
                var holder = await projects.OfViewAsync(viewId, cancellation) ?? throw ApiProblems.ViewNotFound();
                if (marks.Shared is not null && caller.OfReport(holder, viewId) is not null)
                    break;
                Require(caller, right, holder, ApiProblems.ViewNotFound);
                break;
            // As an endpoint reads it: several values are one with commas.
            case AccessSubject.Project when context.Request.Query.TryGetValue("project", out var given):
                var project = given.ToString();
                if (marks.Shared is null || !caller.Sees(project))
                    caller.Require(right, project);
                break;
            case AccessSubject.Server when !caller.MayEverywhere(right):
            case AccessSubject.Project or AccessSubject.Handler when !caller.May(right):
                throw AccessProblems.Forbidden(right, caller);
        }
    }

    private static void RequireTags(HttpContext context, IReadOnlySet<string>? seen, SharedTags tags)
    {
        if (seen is null || tags == SharedTags.OfHandler)
            return;
        if (tags == SharedTags.Whole)
            throw AccessProblems.Forbidden(AccessRight.Read);
        if (context.Request.Query.TryGetValue("tag", out var tag) && !seen.Contains(tag.ToString()))
            throw ApiProblems.SeriesNotFound();
    }

    // Of a job or a view a link that does not show it knows nothing.
    private static void Require(Caller caller, AccessRight right, string project, Func<ApiProblemException> notFound)
    {
        if (caller.May(right, project))
            return;
        throw caller.May(AccessRight.Read, project) || caller.May(AccessRight.Work, project) ? AccessProblems.Forbidden(right, caller) : notFound();
    }

    private static string Route(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";

    [LoggerMessage(2401, LogLevel.Error, "The endpoint {Endpoint} does not say who may use it, and is refused.")]
    private partial void NoRule(string? endpoint);

    private readonly record struct Marks(SharedRoute? Shared, bool OrWork);
}
