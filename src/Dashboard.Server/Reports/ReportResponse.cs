using System.Text;
using Dashboard.Web;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>Sends a report.</summary>
internal static class ReportResponse
{
    /// <summary>What the file may do wherever it is opened: show itself.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    public static async Task WriteAsync(HttpContext context, RunReport report, PageTexts texts, string format, bool download, CancellationToken cancellation)
    {
        var response = context.Response;
        var text = format == "md" ? ReportMarkdown.Write(report, texts) : ReportHtml.Write(report, texts);
        response.ContentType = format == "md" ? "text/markdown; charset=utf-8" : "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy + "; sandbox";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept-Language, Cookie";
        var disposition = new ContentDispositionHeaderValue(download ? "attachment" : "inline");
        // Encoded by the header's own rules, whatever the run is called.
        disposition.SetHttpFileName($"{FileName(report.Run.Name)}.{format}");
        response.Headers.ContentDisposition = disposition.ToString();
        await response.WriteAsync(text, Encoding.UTF8, cancellation);
    }

    private static string FileName(string run)
    {
        var name = string.Concat(run.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' || char.IsSurrogate(letter) ? letter : '_'));
        return name.Length <= 80 ? name : name[..(char.IsHighSurrogate(name[79]) ? 79 : 80)];
    }
}
