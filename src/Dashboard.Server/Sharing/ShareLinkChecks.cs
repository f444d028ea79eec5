using System.Text.RegularExpressions;
using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Web;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>Checks the request for a share link, naming each fault by its place in the body.</summary>
internal sealed partial class ShareLinkChecks(SubjectProjects projects, IViewStore views, ShareLinks links, ApiLimits limits)
{
    private static readonly PasswordHasher<ShareLinkChecks> Passwords = new();

    /// <summary>The link that is asked for, not stored yet.</summary>
    /// <exception cref="ApiProblemException">422 with all faults; what the caller lacks the right for.</exception>
    public async Task<ShareLinkInfo> CheckAsync(PostShareLinkRequest request, Caller caller, CancellationToken cancellation)
    {
        var errors = new BodyErrors(limits.MaxErrors);
        if (NameRule.Check(request.Project, limits.MaxNameBytes, "The project name") is { } fault)
            errors.Add("/project", fault.Code, fault.Message);
        errors.ThrowIfAny();
        var project = request.Project!;
        // Before anything is said about runs: whether they exist is not everybody's to know.
        caller.Require(AccessRight.Write, project);

        if (!string.IsNullOrEmpty(request.Title) && NameRule.Check(request.Title, limits.MaxNameBytes, "The title") is { } title)
            errors.Add("/title", title.Code, title.Message);
        CheckTags(request.Tags, errors);
        await CheckViewAsync(request.View, project, errors, cancellation);
        if (request.Expires is { } expires && !(expires > links.Now && double.IsFinite(expires)))
            errors.Add("/expires", "in_the_past", "The time must be in the future, in seconds since the Unix epoch; null stands for never.");
        if (request.Password is { } password && (password.Length < limits.MinSharePassword || password.Length > limits.MaxSharePassword))
            errors.Add("/password", "wrong_length", $"The password must have {limits.MinSharePassword} to {limits.MaxSharePassword} characters; null stands for none.");
        var origins = Origins(request.EmbedOrigins ?? [], errors);
        await CheckRunsAsync(request.RunIds, project, errors, cancellation);
        errors.ThrowIfAny();

        return new ShareLinkInfo(
            "", project, request.Title ?? "", [.. request.RunIds!.Distinct(StringComparer.Ordinal)], request.Tags is null ? null : [.. request.Tags.Distinct(StringComparer.Ordinal)], request.View!,
            request.Password is null ? null : Passwords.HashPassword(this, request.Password), origins, caller.AccountId, caller.Name, 0, request.Expires, null, null, 0);
    }

    /// <summary>Whether a password is the link's.</summary>
    public bool IsPassword(ShareLinkInfo link, string password) =>
        password.Length <= limits.MaxSharePassword && Passwords.VerifyHashedPassword(this, link.PasswordHash!, password) != PasswordVerificationResult.Failed;

    private async Task CheckRunsAsync(IReadOnlyList<string>? runIds, string project, BodyErrors errors, CancellationToken cancellation)
    {
        if (runIds is not { Count: > 0 } || runIds.Count > limits.MaxSharedRuns)
        {
            errors.Add("/run_ids", "wrong_count", $"A link shows 1 to {limits.MaxSharedRuns} runs.");
            return;
        }
        var known = await projects.OfRunsAsync([.. runIds.OfType<string>().Distinct(StringComparer.Ordinal)], cancellation);
        for (var at = 0; at < runIds.Count; at++)
        {
            if (runIds[at] is null || known.GetValueOrDefault(runIds[at]) != project)
                errors.Add($"/run_ids/{at}", "run_not_found", "The project has no run with this id.");
        }
    }

    private void CheckTags(IReadOnlyList<string>? tags, BodyErrors errors)
    {
        if (tags is null)
            return;
        if (tags.Count == 0 || tags.Count > limits.MaxSharedTags)
            errors.Add("/tags", "wrong_count", $"A link names 1 to {limits.MaxSharedTags} tags; null stands for all.");
        for (var at = 0; at < tags.Count; at++)
        {
            if (NameRule.Check(tags[at], limits.MaxNameBytes, "The tag") is { } fault)
                errors.Add($"/tags/{at}", fault.Code, fault.Message);
        }
    }

    private async Task CheckViewAsync(string? view, string project, BodyErrors errors, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(view) || view.Length > limits.MaxSharedView)
            errors.Add("/view", "wrong_length", $"The view is the path of a page with its query, as /scalars?project=…, of {limits.MaxSharedView} characters at the most.");
        else if (ViewAddress.Of(view) is not { } address || !SharedSections.All.Contains(address.Section))
            errors.Add("/view", "no_such_view", $"The view must be one of these pages, with its query: /{string.Join(", /", SharedSections.All)}.");
        else if (address.Project != project)
            errors.Add("/view", "other_project", "The view must be one of the link's project.");
        // What else is saved under an id, and where, is not said.
        else if (address.Section == SharedSections.Reports && (address.ReportId is null || await views.FindAsync(address.ReportId, cancellation) is not { Kind: ViewKinds.Report } report || report.Project != project))
            errors.Add("/view", "no_such_report", "The view must name a report of the project by its id: /reports?project=…&report=….");
    }

    private List<string> Origins(IReadOnlyList<string> given, BodyErrors errors)
    {
        if (given.Count > limits.MaxEmbedOrigins)
            errors.Add("/embed_origins", "wrong_count", $"A link may be embedded on {limits.MaxEmbedOrigins} origins at the most.");
        var origins = new List<string>();
        for (var at = 0; at < given.Count; at++)
        {
            var origin = given[at]?.TrimEnd('/').ToLowerInvariant() ?? "";
            if (origin.Length > 300 || !OriginForm().IsMatch(origin) || !Uri.TryCreate(origin, UriKind.Absolute, out _))
                errors.Add($"/embed_origins/{at}", "no_origin", "An origin is scheme, host and perhaps port, as https://wiki.example.org.");
            else if (!origins.Contains(origin))
                origins.Add(origin);
        }
        return origins;
    }

    // Goes into a header as it is: nothing but letters, digits, dots, hyphens and a port.
    [GeneratedRegex(@"^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex OriginForm();
}
