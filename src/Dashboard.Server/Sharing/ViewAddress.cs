using System.Text.RegularExpressions;
using Dashboard.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Server;

/// <summary>The address of a page from the server's root, as share links and the blocks of reports hold it.</summary>
/// <param name="Section">The page, as <c>scalars</c>.</param>
/// <param name="Project">The project that the query names; null where it names none, or several.</param>
/// <param name="ReportId">The report that it shows; null on other pages, and where the query names none, or several.</param>
internal sealed partial record ViewAddress(string Section, string? Project, string? ReportId)
{
    /// <summary>The address of a view such as <c>/scalars?project=p</c>; null where it is no page of this server with a query.</summary>
    public static ViewAddress? Of(string view)
    {
        if (!Form().IsMatch(view))
            return null;
        var section = SharedSections.Of(view);
        var query = QueryHelpers.ParseQuery(view[view.IndexOf('?', StringComparison.Ordinal)..].Split('#')[0]);
        return new ViewAddress(section, Only("project"), section == SharedSections.Reports ? Only("report") : null);

        // Of several, a page and this might take different ones.
        string? Only(string name) => query.TryGetValue(name, out var values) && values is [{ Length: > 0 } only] ? only : null;
    }

    // What a browser may take for another host, or folds away, is no path of ours.
    [GeneratedRegex(@"^/[a-z]+\?[\x21-\x7e-[\\]]+\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}
