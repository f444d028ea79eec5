using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>What the pages of a request know of its share links; <see cref="ShareReader"/> has read them by then.</summary>
internal sealed class ShareViewer(IHttpContextAccessor accessor, CallerReader callers) : IShareViewer
{
    public SharedView? Shared
    {
        get
        {
            if (accessor.HttpContext is not { } context || callers.Mode == AccessMode.Local || ShareCookies.Known(context) is not { Count: > 0 } open)
                return null;
            var asked = context.Request.Query["project"].ToString();
            var own = context.Caller().WithoutLinks();
            // Who is signed in has a frame of their own, but for projects that they know by a link alone.
            if (own.Sees(asked) || (own.Grants.Count > 0 && !open.Any(one => one.Link.Project == asked)))
                return null;
            var shown = open.Where(one => one.Link.Project == asked).ToList();
            if (shown.Count == 0)
                shown = [open[0]];
            var titles = shown.Select(one => one.Link.Title).Where(title => title.Length > 0).Distinct();
            return new SharedView(
                [.. shown.Select(one => one.Link.Id).Distinct()], shown[0].Link.Project, string.Join(" + ", titles), shown[0].Link.View, shown.All(one => one.Link.Tags is null));
        }
    }
}
