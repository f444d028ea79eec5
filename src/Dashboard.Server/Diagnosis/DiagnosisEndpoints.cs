using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.Server;

/// <summary>What runs say.</summary>
internal static class DiagnosisEndpoints
{
    private const double UsualAge = 60;

    // Seconds that an answer about many runs may take; the rest is asked for again.
    private static readonly TimeSpan LongestQuery = TimeSpan.FromSeconds(2);

    /// <summary>Adds the reader of runs, and the one that watches for whom to tell.</summary>
    public static IServiceCollection AddDiagnosis(this IServiceCollection services)
    {
        services.AddSingleton<RuleBook>();
        services.AddSingleton<DiagnosisCache>();
        services.AddSingleton<DiagnosisService>();
        services.AddSingleton<RunReports>();
        services.AddSingleton<DiagnosisWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<DiagnosisWatch>());
        return services;
    }

    /// <summary>Maps <c>/runs/{run_id}/diagnosis</c>, <c>/runs/{run_id}/report</c> and <c>/diagnosis/query</c>.</summary>
    public static void MapDiagnosis(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{run_id}/diagnosis", ReadAsync).Needs(AccessRight.Read, AccessSubject.Run).Shared().WithName("readDiagnosis").WithTags("Diagnosis").WithSummary("What a run says: findings, the gravest first.")
            .WithDescription("Each has a sentence, how sure it is, what to try and its evidence, to be drawn on the curve. lang=en or zh, else Accept-Language. An empty list means that there is nothing to report. "
                + "max_age lets a reading of a run that is being logged to be so many seconds old, but never older than 24 times what it took.");
        api.MapGet("/runs/{run_id}/report", ReportAsync).Needs(AccessRight.Read, AccessSubject.Run).WithName("reportRun").WithTags("Diagnosis").WithSummary("A report of a run to send to somebody, as Markdown or HTML.")
            .Produces<string>(200, "text/html", "text/markdown")
            .WithDescription("format=md or html. The HTML holds all it needs, drawings included, and no scripts. download=true gives it as a file.");
        api.MapPost("/diagnosis/query", QueryAsync).Accepts<DiagnosisQuery>(MediaTypes.Json).Needs(AccessRight.Read, AccessSubject.Handler).Shared(SharedTags.OfHandler).WithName("queryDiagnosis").WithTags("Diagnosis")
            .WithSummary("What many runs say: the worst finding of each, or all of them.")
            .WithDescription("Reads for two seconds at the most; what was not read, or has changed since, is named in pending: ask for it again. Ids of no run are passed over.");
    }

    /// <summary>The language of an answer: as asked, else of the browser, else English.</summary>
    public static string Language(HttpRequest request, string? lang) => PageTexts.For(lang, request.Headers.AcceptLanguage).Language;

    private static async Task<Ok<DiagnosisView>> ReadAsync(
        [FromRoute(Name = "run_id")] string runId, string? lang, [FromQuery(Name = "max_age")] double? maxAge, HttpContext context, DiagnosisService diagnoses, IRunIndex runs,
        CancellationToken cancellation)
    {
        var run = await FindAsync(runId, runs, cancellation);
        var diagnosis = await diagnoses.ReadAsync(run, Age(maxAge, 0, "/query/max_age"), cancellation) ?? throw ApiProblems.RunNotFound();
        SeqHeader.Set(context.Response, diagnosis.Seq);
        context.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(FindingViews.Of(run, diagnosis, Language(context.Request, lang)));
    }

    private static async Task<Ok<DiagnosisQueryAnswer>> QueryAsync(
        HttpContext context, string? lang, Caller caller, RunAccess access, DiagnosisService diagnoses, IRunIndex runs, SeqSource seqs, ApiLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        var query = await JsonBody.ReadAsync(context, ContractsJson.Default.DiagnosisQuery);
        if (query.RunIds is not { } ids)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "missing", "The field 'run_ids' is required: an array of run ids.")]);
        if (ids.Count > limits.MaxQueryRunIds)
            throw ApiProblems.Refused([new ProblemError("/run_ids", "too_many_runs", $"A request may name {limits.MaxQueryRunIds} runs at the most; ask in parts.")]);
        var maxAge = Age(query.MaxAge, UsualAge, "/max_age");
        var language = Language(context.Request, lang);
        var scope = await access.OfAsync(caller, ids, cancellation);
        var (seq, began) = (seqs.LastSeq, clock.GetTimestamp());
        var found = new List<RunDiagnosisView>();
        var pending = new List<string>();
        foreach (var run in await runs.FindAsync(ids.Where(id => id is not null).Distinct().Select(scope.MaskPart).ToList(), 0, cancellation))
        {
            if (clock.GetElapsedTime(began) > LongestQuery)
            {
                pending.Add(run.Id);
                continue;
            }
            if (await diagnoses.ReadAsync(run, maxAge, cancellation) is not { } diagnosis)
                continue;
            found.Add(FindingViews.Of(run, diagnosis, language, query.Items ?? false));
            if (!diagnoses.IsCurrent(run, diagnosis))
                pending.Add(run.Id);
        }
        SeqHeader.Set(context.Response, seq);
        return TypedResults.Ok(new DiagnosisQueryAnswer(seq, found, pending));
    }

    private static async Task ReportAsync(
        [FromRoute(Name = "run_id")] string runId, string? format, string? lang, bool? download, HttpContext context, RunReports reports, IRunStore runs, CancellationToken cancellation)
    {
        if (format is not (null or "html" or "md"))
            throw ApiProblems.BadParameter("/query/format", "The format must be html or md.");
        var run = await runs.FindAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
        var texts = PageTexts.For(lang ?? context.Request.Cookies[PageTexts.Cookie], context.Request.Headers.AcceptLanguage);
        var model = await reports.ReadAsync(run, texts.Language, cancellation) ?? throw ApiProblems.RunNotFound();
        await ReportResponse.WriteAsync(context, model, texts, format ?? "html", download ?? false, cancellation);
    }

    /// <summary>A run without its summary.</summary>
    /// <exception cref="ApiProblemException">404 for no such run.</exception>
    public static async Task<RunInfo> FindAsync(string runId, IRunIndex runs, CancellationToken cancellation) =>
        await runs.FindAsync([runId], 0, cancellation) is [var run] ? run : throw ApiProblems.RunNotFound();

    private static double Age(double? given, double usual, string pointer) => given switch
    {
        null => usual,
        >= 0 => given.Value,
        _ => throw ApiProblems.BadParameter(pointer, "'max_age' must be a number of seconds, 0 or more."),
    };
}
