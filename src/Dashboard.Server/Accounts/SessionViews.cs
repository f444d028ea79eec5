using Dashboard.Contracts;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Tells a caller who they are.</summary>
internal sealed class SessionViews(CallerReader callers, IOptions<AccessOptions> options)
{
    /// <summary>Who a caller is and what they may.</summary>
    public SessionView Of(Caller caller)
    {
        AccessRight? everywhere = null;
        var rights = new SortedDictionary<string, AccessRight>(StringComparer.Ordinal);
        foreach (var grant in caller.Grants.Where(grant => grant.Right != AccessRight.Work))
        {
            if (grant.Project is null)
                everywhere = everywhere is { } known && known > grant.Right ? known : grant.Right;
            else if (!rights.TryGetValue(grant.Project, out var right) || right < grant.Right)
                rights[grant.Project] = grant.Right;
        }
        return new SessionView(
            callers.Mode.ToString().ToLowerInvariant(),
            caller.Kind.ToString().ToLowerInvariant(),
            caller.Id,
            caller.Name,
            everywhere is { } all ? AccountRoles.Word(all) : null,
            rights.Where(right => everywhere is null || right.Value > everywhere).ToDictionary(right => right.Key, right => AccountRoles.Word(right.Value)!),
            callers.Mode == AccessMode.Accounts && options.Value.Oidc.IsConfigured ? options.Value.Oidc.Name : null);
    }
}
