using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses alert options that make no sense, naming each by its configuration key. No secret is repeated.</summary>
internal sealed class AlertOptionsValidator : IValidateOptions<AlertOptions>
{
    private static readonly string[] Reaches = ["any", "public", "none"];

    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        var failures = new List<string>();
        if (options.Webhooks is { } reach && !Reaches.Contains(reach))
            failures.Add($"{AlertOptions.Section}:{nameof(options.Webhooks)} must be any, public or none.");
        if (options.PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            failures.Add($"{AlertOptions.Section}:{nameof(options.PublicUrl)} must be an absolute address such as https://lossboard.example.org.");
        if (options.TimeoutSeconds is not (> 0 and <= 120))
            failures.Add($"{AlertOptions.Section}:{nameof(options.TimeoutSeconds)} must be above 0 and at most 120.");
        if (options.Attempts is < 1 or > 100)
            failures.Add($"{AlertOptions.Section}:{nameof(options.Attempts)} must be from 1 to 100.");
        if (options.RetrySeconds is not (> 0 and <= 3600))
            failures.Add($"{AlertOptions.Section}:{nameof(options.RetrySeconds)} must be above 0 and at most 3600.");
        if (options.SmtpPort is < 1 or > ushort.MaxValue)
            failures.Add($"{AlertOptions.Section}:{nameof(options.SmtpPort)} must be from 1 to {ushort.MaxValue}.");
        if (options.SmtpHost is { } && !MailAddress.TryCreate(options.SmtpFrom, out _))
            failures.Add($"{AlertOptions.Section}:{nameof(options.SmtpFrom)} must be the address that mails come from, because {nameof(options.SmtpHost)} is set.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
