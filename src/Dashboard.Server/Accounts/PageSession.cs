using Dashboard.Contracts;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>Tells pages who looks at them.</summary>
internal sealed class PageSession(IHttpContextAccessor http, SessionViews views) : IPageSession
{
    public SessionView Session => views.Of(Caller);

    public string Rights(string? project)
    {
        var rights = new List<string>(4);
        foreach (var right in new[] { AccessRight.Read, AccessRight.Write, AccessRight.Manage, AccessRight.Administer })
        {
            if (project is null ? Caller.MayEverywhere(right) : Caller.May(right, project) || (right == AccessRight.Read && Caller.Sees(project)))
                rights.Add(AccountRoles.Word(right)!);
        }
        return string.Join(' ', rights);
    }

    public bool ManagesAny => Caller.May(AccessRight.Manage);

    // Pages of errors are made where nothing has looked for a caller yet.
    private Caller Caller => http.HttpContext?.Caller() ?? Caller.Nobody;
}
