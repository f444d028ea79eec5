using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Knows the share links that a browser has opened; several add up. A link that has ended is as none.</summary>
internal sealed class ShareReader(ShareCookies cookies) : ICredentialReader
{
    public async ValueTask<Caller?> ReadAsync(HttpContext context)
    {
        var open = await cookies.ReadAsync(context);
        if (open.Count == 0)
            return null;
        return new Caller(CallerKind.Share, "share link", [.. open.Select(Grant)])
        {
            Id = open[0].Link.Id,
            Credentials = [.. open.SelectMany(one => Credentials(one.Link)).Distinct()],
        };
    }

    // What its maker may do decides what it shows.
    private static IEnumerable<string> Credentials(ShareLinkInfo link) => link.AccountId is { } maker ? [ShareLinks.Credential(link.Id), AccountCallers.Credential(maker)] : [ShareLinks.Credential(link.Id)];

    private static AccessGrant Grant(OpenLink open) =>
        new(AccessRight.Read, open.Link.Project, open.Link.RunIds.ToHashSet(StringComparer.Ordinal), open.Link.Tags?.ToHashSet(StringComparer.Ordinal)) { ReportId = ViewAddress.Of(open.Link.View)?.ReportId };
}
