using System.Globalization;
using System.Text;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Messages as text for chats and mails.</summary>
internal static class AlertText
{
    // A message is read on a phone; the page has the rest.
    private const int MostTold = 10;

    /// <summary>All of a message.</summary>
    public static string Of(string project, string runId, string run, IReadOnlyList<AlertFinding> findings, string? publicUrl)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Plain(project)} / {Plain(run)}: {(findings.Count == 1 ? "1 finding" : $"{findings.Count} findings")}\n");
        foreach (var finding in findings.Take(MostTold))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Mark(finding.Severity)} {finding.Code}{(finding.Tag is { } tag ? $" ({Plain(tag)})" : "")}: {Plain(finding.Sentence)}\n");
            foreach (var step in finding.Try)
                text.Append(CultureInfo.InvariantCulture, $"  - {Plain(step)}\n");
        }
        if (findings.Count > MostTold)
            text.Append(CultureInfo.InvariantCulture, $"\n… and {findings.Count - MostTold} more.\n");
        if (publicUrl is not null)
            text.Append(CultureInfo.InvariantCulture, $"\n{publicUrl.TrimEnd('/')}/diagnosis?project={Uri.EscapeDataString(project)}&runs={Uri.EscapeDataString(runId)}\n");
        return text.ToString();
    }

    /// <summary>A mail's subject: one line without control characters.</summary>
    public static string Subject(AlertMessage message, int longest)
    {
        var first = message.Findings.Count > 0 ? message.Findings[0].Code : message.Kind;
        var subject = $"[Lossboard] {Plain(message.Project)} / {Plain(message.Run)}: {first}{(message.Findings.Count > 1 ? $" and {message.Findings.Count - 1} more" : "")}";
        return subject.Length <= longest ? subject : subject[..(char.IsHighSurrogate(subject[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }

    private static string Mark(string severity) => severity switch
    {
        "critical" => "[critical]",
        "warning" => "[warning]",
        _ => "[info]",
    };

    // Names are a stranger's text: in a chat they must not become mentions, links or markup, and in a mail no header of their own.
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
            plain.Append(letter switch { '<' => '‹', '>' => '›', '&' => '＆', '*' or '`' or '~' => ' ', '@' => '＠', _ when char.IsControl(letter) => ' ', _ => letter });
        return plain.ToString();
    }
}
