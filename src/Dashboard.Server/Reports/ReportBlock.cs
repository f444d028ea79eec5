using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>A piece of a report, before it is Markdown or HTML. All texts are plain: whoever writes them out escapes them.</summary>
internal abstract record ReportBlock
{
    /// <summary>A heading of the second level.</summary>
    public sealed record Heading(string Text) : ReportBlock;

    /// <summary>A paragraph.</summary>
    public sealed record Paragraph(string Text) : ReportBlock;

    /// <summary>A table; the columns from <paramref name="NumbersFrom"/> on hold numbers.</summary>
    public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, int NumbersFrom) : ReportBlock;

    /// <summary>A finding with the curves that show it.</summary>
    public sealed record Found(FindingView Finding, IReadOnlyList<ScalarWindow> Curves) : ReportBlock;
}
