namespace Dashboard.Server;

/// <summary>Who sent a request, and what they may do. Endpoints take one as a parameter.</summary>
/// <param name="kind">What tells who it is.</param>
/// <param name="name">What they are called, for people and the audit log.</param>
/// <param name="grants">What they may do.</param>
internal sealed class Caller(CallerKind kind, string name, IReadOnlyList<AccessGrant> grants)
{
    /// <summary>Without any credentials.</summary>
    public static readonly Caller Nobody = new(CallerKind.Nobody, "nobody", []);

    /// <summary>Whoever is on this machine, where there are no accounts.</summary>
    public static readonly Caller Local = new(CallerKind.Local, "local", [new AccessGrant(AccessRight.Administer)]);

    /// <summary>The server itself, for what it does by its own clock.</summary>
    public static readonly Caller Server = new(CallerKind.Local, "server", [new AccessGrant(AccessRight.Administer)]);

    /// <summary>What tells who it is.</summary>
    public CallerKind Kind { get; } = kind;

    /// <summary>What they are called, for people and the audit log.</summary>
    public string Name { get; } = name;

    /// <summary>What they may do.</summary>
    public IReadOnlyList<AccessGrant> Grants { get; } = grants;

    /// <summary>Id of the account or key; null otherwise.</summary>
    public string? Id { get; init; }

    /// <summary>Id of the account that stands behind it: the person's own, or that of who made the key.</summary>
    public string? AccountId { get; init; }

    /// <summary>Names of the credentials in <see cref="AccessChanges"/>, as <c>share:ID</c>: when one of them is withdrawn, what it opened is closed.</summary>
    public IReadOnlyList<string> Credentials { get; init; } = [];

    /// <summary>When the first of their credentials runs out; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What they are told about themselves where a right is missing, as <c>The key 'x' has the role 'read'.</c></summary>
    public string? Told { get; init; }

    /// <summary>The same, whose credentials one more belongs to.</summary>
    public Caller Through(string credential) => new(Kind, Name, Grants) { Id = Id, AccountId = AccountId, Credentials = [.. Credentials, credential], Expires = Expires, Told = Told };

    /// <summary>Whether they may do everything: no filter is needed.</summary>
    public bool IsAdministrator => Grants.Any(grant => grant.Covers(AccessRight.Administer) && grant.Project is null);

    /// <summary>Whether all that they may do comes from share links.</summary>
    public bool IsShared => Grants.Count > 0 && Grants.All(grant => grant.IsShared);

    /// <summary>Whether they have a right anywhere at all.</summary>
    public bool May(AccessRight right) => Grants.Any(grant => grant.Covers(right));

    /// <summary>Whether they have a right in the whole of a project.</summary>
    public bool May(AccessRight right, string project) => Grants.Any(grant => grant.Covers(right, project));

    /// <summary>Whether they have a right on every project.</summary>
    public bool MayEverywhere(AccessRight right) => Grants.Any(grant => grant.Covers(right) && grant.Project is null);

    /// <summary>Whether they have a right in a run of a project.</summary>
    public bool May(AccessRight right, string project, string runId) => Grants.Any(grant => grant.Covers(right, project, runId));

    /// <summary>Whether a project may be shown at all: in whole, or some of its runs.</summary>
    public bool Sees(string project) => Grants.Any(grant => grant.Covers(AccessRight.Read) && (grant.Project is null || grant.Project == project));

    /// <summary>The tags of a run that may be read; null for all of them.</summary>
    public IReadOnlySet<string>? TagsOf(string project, string runId)
    {
        HashSet<string>? tags = [];
        foreach (var grant in Grants.Where(grant => grant.Covers(AccessRight.Read, project, runId)))
        {
            if (grant.Tags is null)
                return null;
            tags.UnionWith(grant.Tags);
        }
        return tags;
    }

    /// <summary>The share link's grant to read a report of a project, the one with all tags first; null where there is none.</summary>
    public AccessGrant? OfReport(string project, string viewId) =>
        Grants.Where(grant => grant.ReportId == viewId && grant.Project == project && grant.Covers(AccessRight.Read)).MinBy(grant => grant.Tags is not null);

    /// <summary>Ends the request where they lack a right in the whole of a project: 404 where they may not know of it, else 403.</summary>
    public void Require(AccessRight right, string project)
    {
        if (!May(right, project))
            throw Kind == CallerKind.Nobody ? AccessProblems.NoCredentials() : Sees(project) || May(AccessRight.Work, project) ? AccessProblems.Forbidden(right, this) : ApiProblems.ProjectNotFound();
    }

    /// <summary>Ends the request where they lack a right in a run: 404 where they may not know of it, else 403.</summary>
    public void Require(AccessRight right, string project, string runId)
    {
        if (!May(right, project, runId))
            throw Kind == CallerKind.Nobody ? AccessProblems.NoCredentials() : May(AccessRight.Read, project, runId) ? AccessProblems.Forbidden(right, this) : ApiProblems.RunNotFound();
    }

    /// <summary>The same without what share links grant; without any grant, where that was all.</summary>
    public Caller WithoutLinks()
    {
        if (!Grants.Any(grant => grant.IsShared))
            return this;
        return Kind == CallerKind.Share ? LinkAlone : new Caller(Kind, Name, [.. Grants.Where(grant => !grant.IsShared)]) { Id = Id, AccountId = AccountId, Credentials = Credentials, Expires = Expires };
    }

    // Not nobody: who has opened a link is told that it does not reach, instead of being asked to sign in.
    private static readonly Caller LinkAlone = new(CallerKind.Share, "share link", []);

    /// <summary>How minimal APIs make one of a request.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(context.Caller());
}

/// <summary>Where a request keeps its caller.</summary>
internal static class CallerFeature
{
    // Among the items, which a connection to the hub keeps over the requests that it is made of.
    private static readonly object Key = new();

    /// <summary>Who sent it; <see cref="Server.Caller.Nobody"/> until <see cref="AccessGate"/> has looked.</summary>
    public static Caller Caller(this HttpContext context) => context.Items.TryGetValue(Key, out var caller) ? (Caller)caller! : Server.Caller.Nobody;

    /// <summary>Notes who sent it.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
