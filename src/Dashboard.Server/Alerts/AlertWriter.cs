using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Turns findings into messages: each (run, code, tag) is told once over each channel, and what is found at once goes as one message.</summary>
internal sealed class AlertWriter(IAlertStore alerts, AlertDelivery delivery, IOptions<AlertOptions> options, TimeProvider clock)
{
    private static readonly string[] Severities = ["info", "warning", "critical"];

    /// <summary>Tells what is new among the findings of a run to whom the rules name.</summary>
    public async Task TellAsync(RunInfo run, IReadOnlyList<FindingView> findings, AlertRules rules)
    {
        var told = findings.Where(finding => IsWanted(finding, rules)).ToList();
        if (told.Count == 0)
            return;
        var any = false;
        foreach (var channel in rules.Channels)
        {
            var added = await alerts.AddAsync(run.Id, channel, told.ConvertAll(Key), (id, fresh) => Body(id, run, told.Where(finding => fresh.Contains(Key(finding)))));
            any |= added is not null;
        }
        if (any)
            delivery.Hurry();
    }

    private static bool IsWanted(FindingView finding, AlertRules rules) =>
        Array.IndexOf(Severities, finding.Severity) >= Array.IndexOf(Severities, rules.Severity)
        && finding.Confidence >= rules.Confidence && (rules.Codes is null || rules.Codes.Contains(finding.Code));

    private static AlertKey Key(FindingView finding) => new(finding.Code, finding.Tag ?? "");

    private string Body(string id, RunInfo run, IEnumerable<FindingView> findings)
    {
        var told = findings.Select(finding => new AlertFinding(
            finding.Code, finding.Severity, finding.Tag, finding.FromStep, finding.ToStep, finding.Confidence, finding.Sentence, finding.Try)).ToList();
        var text = AlertText.Of(run.Project, run.Id, run.Name, told, options.Value.PublicUrl);
        var message = new AlertMessage(id, "diagnosis", text, run.Project, run.Id, run.Name, clock.Seconds(), told);
        return JsonSerializer.Serialize(message, ContractsJson.Default.AlertMessage);
    }
}
