using System.Net;
using System.Net.Mail;
using System.Text;
using Dashboard.Contracts;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Sends messages as plain text mail through the mail server of the configuration.</summary>
internal sealed class EmailChannel(IOptions<AlertOptions> options) : IAlertChannel
{
    private const int LongestSubject = 160;

    public string Name => AlertChannels.Email;

    /// <summary>Whether the configuration has a mail server.</summary>
    public bool IsAvailable => options.Value.SmtpHost is not null;

    public async Task<AlertResult> SendAsync(AlertMessage message, AlertRules rules, CancellationToken cancellation)
    {
        var settings = options.Value;
        if (settings.SmtpHost is not { } host)
            return new AlertResult(false, "This server's configuration has no mail server (Alerts:SmtpHost).", Again: false);
        if (rules.EmailTo.Count == 0)
            return new AlertResult(false, "The project has no address for mail any more.", Again: false);
        using var client = new SmtpClient(host, settings.SmtpPort)
        {
            EnableSsl = settings.SmtpTls,
            DeliveryMethod = SmtpDeliveryMethod.Network,
            Credentials = settings.SmtpUser is { } user ? new NetworkCredential(user, settings.SmtpPassword) : null,
        };
        using var mail = Mail(message, rules, settings.SmtpFrom!);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            await client.SendMailAsync(mail, limit.Token);
            return new AlertResult(true, "The mail server took it.");
        }
        catch (SmtpFailedRecipientException refused)
        {
            return new AlertResult(false, $"The mail server refused a receiver ({refused.StatusCode}).", Again: (int)refused.StatusCode is >= 400 and < 500);
        }
        catch (SmtpException refused)
        {
            return new AlertResult(false, $"The mail could not be sent ({refused.StatusCode}).");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new AlertResult(false, "The mail server did not answer in time.");
        }
    }

    private static MailMessage Mail(AlertMessage message, AlertRules rules, string from)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(from, "Lossboard"),
            Subject = AlertText.Subject(message, LongestSubject),
            SubjectEncoding = Encoding.UTF8,
            Body = message.Text,
            BodyEncoding = Encoding.UTF8,
        };
        foreach (var to in rules.EmailTo)
            mail.To.Add(to);
        // The same in every try, so that a mailbox can tell a repetition.
        mail.Headers.Add("Message-ID", $"<{message.Id}@lossboard>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }
}
