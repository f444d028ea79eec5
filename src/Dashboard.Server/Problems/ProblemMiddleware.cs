using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Turns every failure, the framework's own included, into problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            var problem = Of(failure);
            if (problem.Status == 500)
                Failed(failure, context.TraceIdentifier);
            context.Response.Clear();
            SecurityHeaders.Set(context.Response.Headers);
            await WriteAsync(context, problem);
            return;
        }
        var response = context.Response;
        // A file's answer to a range beyond its end has the file's media type and no body.
        var isBare = response.ContentLength is null or 0 && (string.IsNullOrEmpty(response.ContentType) || response.StatusCode == StatusCodes.Status416RangeNotSatisfiable);
        if (response.StatusCode >= 400 && !response.HasStarted && isBare)
            await WriteAsync(context, ApiProblems.Of(response.StatusCode));
    }

    // Readable in a terminal; the media type and nosniff keep a browser from taking it for a page.
    private static readonly ContractsJson Readable = new(new JsonSerializerOptions(ContractsJson.Default.Options)
    {
        TypeInfoResolver = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes the answer; <c>HEAD</c> gets headers alone.</summary>
    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaTypes.Problem;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer realm=\"Lossboard\"";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        var view = new ProblemView
        {
            Type = $"urn:lossboard:problem:{problem.Code}",
            Title = problem.Title,
            Status = problem.Status,
            Detail = problem.Detail,
            Instance = context.Request.Path.ToUriComponent(),
            Code = problem.Code,
            Retryable = problem.Retryable,
            RequestId = context.TraceIdentifier,
            Errors = problem.Errors,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(view, Readable.ProblemView);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static ApiProblem Of(Exception failure) => failure switch
    {
        ApiProblemException refused => refused.Problem,
        StoreException refused => ApiProblems.Of(refused),
        BadHttpRequestException { StatusCode: 400 } bad when Parameter(bad.Message) is { } problem => problem,
        BadHttpRequestException bad => ApiProblems.Of(bad.StatusCode),
        _ => ApiProblems.Of(500),
    };

    // The framework names a parameter that does not parse only within its message.
    private static ApiProblem? Parameter(string message)
    {
        var match = ParameterMessage().Match(message);
        if (!match.Success)
            return null;
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups["name"].Value);
        return match.Groups["value"].Success
            ? ApiProblems.BadParameter($"/query/{name}", $"The parameter '{name}' cannot be '{match.Groups["value"].Value}'.").Problem
            : ApiProblems.BadParameter($"/query/{name}", $"The parameter '{name}' is required.", "missing_parameter").Problem;
    }

    [GeneratedRegex("""parameter "[^" ]+ (?<name>\w+)" (from "(?<value>.*)"|was not provided)""", RegexOptions.Singleline, matchTimeoutMilliseconds: 100)]
    private static partial Regex ParameterMessage();

    [LoggerMessage(2001, LogLevel.Error, "Request {RequestId} failed.")]
    private partial void Failed(Exception failure, string requestId);
}
