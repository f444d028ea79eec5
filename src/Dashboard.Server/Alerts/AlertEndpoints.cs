using System.Net.Mail;
using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Whom findings are told to, and what was told.</summary>
internal static class AlertEndpoints
{
    private const int LongestAddress = 2000;
    private const int MostReceivers = 20;
    private const int MostCodes = 100;
    private const int MostListed = 200;
    private static readonly string[] Severities = ["info", "warning", "critical"];

    /// <summary>Adds what the endpoints need, and the sender.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section)
            .PostConfigure<IOptions<AccessOptions>, CallerReader>((alerts, access, callers) =>
            {
                alerts.PublicUrl ??= access.Value.PublicUrl;
                // With accounts others set webhooks, and must not reach by them what only the server can.
                alerts.Webhooks ??= callers.Mode == AccessMode.Local ? "any" : "public";
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        services.AddSingleton<AlertSettings>();
        services.AddSingleton<IAlertChannel, WebhookChannel>();
        services.AddSingleton<EmailChannel>();
        services.AddSingleton<IAlertChannel>(provider => provider.GetRequiredService<EmailChannel>());
        services.AddSingleton<AlertDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertDelivery>());
        return services.AddSingleton<AlertWriter>();
    }

    /// <summary>Maps <c>/diagnosis/alerts</c>.</summary>
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/diagnosis/alerts").WithTags("Diagnosis");
        alerts.MapGet("", GetAsync).Needs(AccessRight.Manage, AccessSubject.Project).WithName("getAlerts").WithSummary("Whom findings of a project are told to.");
        alerts.MapPut("", PutAsync).Accepts<PutAlertsRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Project).WithName("putAlerts").WithSummary("Replaces whom findings of a project are told to.")
            .WithDescription("revision is the one the change was made from; 409 setting_changed where it is no longer that.");
        alerts.MapPost("/test", TestAsync).Accepts<TestAlertRequest>(MediaTypes.Json).Needs(AccessRight.Manage, AccessSubject.Handler).WithName("testAlert").WithSummary("Sends a test message by the stored settings, at once and once.");
        alerts.MapGet("/log", LogAsync).Needs(AccessRight.Manage, AccessSubject.Project).WithName("listAlerts").WithSummary("Messages of a project, the newest first.");
    }

    private static async Task<Ok<AlertsView>> GetAsync(string project, AlertSettings settings, EmailChannel email, IRunIndex runs, CancellationToken cancellation)
    {
        await RequireAsync(project, runs, cancellation);
        var (rules, revision) = await settings.ReadAsync(project, cancellation);
        return TypedResults.Ok(View(project, rules, revision, email));
    }

    private static async Task<Ok<AlertsView>> PutAsync(
        string project, HttpContext context, AlertSettings settings, EmailChannel email, DiagnosisWatch watch, IOptions<AlertOptions> options, AuditLog audit, ApiLimits limits)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.PutAlertsRequest);
        var (before, _) = await settings.ReadAsync(project, context.RequestAborted);
        var rules = Check(request, before, options.Value, new BodyErrors(limits.MaxErrors));
        var revision = await settings.WriteAsync(project, rules, request.Revision!.Value, CancellationToken.None) ?? throw ApiProblems.ProjectNotFound();
        await watch.SettingsChangedAsync(CancellationToken.None);
        // Where to, and no more: the secret that signs messages is nobody's to read.
        await audit.WriteAsync(context, "alerts.changed", project, null, new Dictionary<string, string>
        {
            ["webhook"] = rules.WebhookUrl is null ? "" : new Uri(rules.WebhookUrl).Host,
            ["mail"] = string.Join(' ', rules.EmailTo),
        });
        return TypedResults.Ok(View(project, rules, revision, email));
    }

    private static async Task<Ok<TestAlertAnswer>> TestAsync(
        HttpContext context, Caller caller, AlertSettings settings, IEnumerable<IAlertChannel> channels, IRunIndex runs, ApiLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        var request = await JsonBody.ReadAsync(context, ContractsJson.Default.TestAlertRequest);
        var errors = new BodyErrors(limits.MaxErrors);
        if (string.IsNullOrEmpty(request.Project))
            errors.Add("/project", "missing", "The field 'project' is required: the name of a project.");
        var channel = channels.FirstOrDefault(one => one.Name == request.Channel);
        if (channel is null)
            errors.Add("/channel", "unknown_channel", $"The channel must be {string.Join(" or ", AlertChannels.All)}.");
        errors.ThrowIfAny();
        caller.Require(AccessRight.Manage, request.Project!);
        await RequireAsync(request.Project!, runs, cancellation);
        var (rules, _) = await settings.ReadAsync(request.Project!, cancellation);
        var text = $"{request.Project}: this is a test from Lossboard. Findings of this project's runs will be told here.";
        var message = new AlertMessage(Guid.CreateVersion7().ToString("n"), "test", text, request.Project!, "", "test", clock.Seconds(), []);
        var result = await channel!.SendAsync(message, rules, cancellation);
        return TypedResults.Ok(new TestAlertAnswer(result.Delivered, result.Detail));
    }

    private static async Task<Ok<Page<AlertView>>> LogAsync(string project, IAlertStore alerts, IRunIndex runs, CancellationToken cancellation)
    {
        await RequireAsync(project, runs, cancellation);
        var all = await alerts.ListAsync(project, MostListed, cancellation);
        return TypedResults.Ok(new Page<AlertView>(all.Select(View).ToList(), null));
    }

    private static AlertRules Check(PutAlertsRequest request, AlertRules before, AlertOptions options, BodyErrors errors)
    {
        if (request.Revision is null)
            errors.Add("/revision", "missing", "The field 'revision' is required: the revision that the change was made from, 0 before the first.");
        var url = string.IsNullOrWhiteSpace(request.WebhookUrl) ? null : request.WebhookUrl.Trim();
        if (url is not null)
            CheckUrl(url, options, errors);
        var to = request.EmailTo ?? [];
        if (to.Count > MostReceivers)
            errors.Add("/email_to", "too_many", $"Mail may go to {MostReceivers} addresses at the most; a mailing list can have more.");
        for (var at = 0; at < to.Count; at++)
        {
            // Without a display name: "a <b>, c" would be several.
            if (to[at] is not { Length: <= 254 } address || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address || address.Any(char.IsControl))
                errors.Add($"/email_to/{at}", "invalid_address", "This is no address for mail, such as name@example.org.");
        }
        if (request.Severity is { } severity && !Severities.Contains(severity))
            errors.Add("/severity", "unknown_severity", "The severity must be info, warning or critical.");
        if (request.Confidence is { } confidence && confidence is not (>= 0 and <= 1))
            errors.Add("/confidence", "out_of_range", "The confidence must be from 0 to 1.");
        if (request.Codes is { } codes && (codes.Count > MostCodes || codes.Any(code => code is not { Length: > 0 and <= 100 })))
            errors.Add("/codes", "invalid_code", $"Codes are names such as diverging, {MostCodes} at the most; leave 'codes' out for all.");
        if (request.WebhookSecret?.Length > LongestAddress)
            errors.Add("/webhook_secret", "text_too_long", $"The secret may have {LongestAddress} characters at the most.");
        errors.ThrowIfAny();
        return new AlertRules
        {
            WebhookUrl = url,
            WebhookSecret = url is null ? null : request.WebhookSecret is null ? before.WebhookSecret : request.WebhookSecret.Length == 0 ? null : request.WebhookSecret,
            EmailTo = [.. to.Distinct(StringComparer.OrdinalIgnoreCase)],
            Severity = request.Severity ?? "warning",
            Codes = request.Codes,
            Confidence = request.Confidence ?? 0.5,
        };
    }

    private static void CheckUrl(string url, AlertOptions options, BodyErrors errors)
    {
        if (options.Webhooks == "none")
            errors.Add("/webhook_url", "webhooks_off", "This server's configuration allows no webhooks (Alerts:Webhooks).");
        else if (url.Length > LongestAddress || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            errors.Add("/webhook_url", "invalid_url", "The webhook must be an absolute http or https address.");
        else if (address.UserInfo.Length > 0)
            errors.Add("/webhook_url", "invalid_url", "Leave the user name and password out of the address; messages can be signed with a secret.");
        else if (options.Webhooks == "public" && (address.IsLoopback || (System.Net.IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && !NetworkReach.IsPublic(literal))))
            errors.Add("/webhook_url", "private_address", "The address is private, and this server's configuration allows public ones only (Alerts:Webhooks).");
    }

    private static async Task RequireAsync(string project, IRunIndex runs, CancellationToken cancellation)
    {
        if (!(await runs.ListProjectNamesAsync(cancellation)).Contains(project))
            throw ApiProblems.ProjectNotFound();
    }

    private static AlertsView View(string project, AlertRules rules, long revision, EmailChannel email) => new()
    {
        Project = project,
        Revision = revision,
        WebhookUrl = rules.WebhookUrl,
        HasSecret = rules.WebhookSecret is not null,
        EmailTo = rules.EmailTo,
        EmailAvailable = email.IsAvailable,
        Severity = rules.Severity,
        Codes = rules.Codes,
        Confidence = rules.Confidence,
    };

    private static AlertView View(AlertInfo alert)
    {
        var message = JsonSerializer.Deserialize(alert.BodyJson, ContractsJson.Default.AlertMessage)!;
        return new AlertView
        {
            Id = alert.Id,
            RunId = alert.RunId,
            Run = message.Run,
            Channel = alert.Channel,
            Status = alert.Status switch { AlertStatus.Sent => "sent", AlertStatus.Failed => "failed", _ => "pending" },
            Attempts = alert.Attempts,
            Created = alert.Created,
            Ended = alert.Ended,
            Next = alert.Next,
            Error = alert.Error,
            Findings = message.Findings,
        };
    }
}
