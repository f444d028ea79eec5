using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The problems this server answers with, one place for their codes and words.</summary>
internal static class ApiProblems
{
    public static ApiProblemException RunNotFound() => Refuse(404, "run_not_found", "No such run", "There is no run with this id.");

    public static ApiProblemException ProjectNotFound() => Refuse(404, "project_not_found", "No such project", "There is no project of this name.");

    public static ApiProblemException ViewNotFound() => Refuse(404, "view_not_found", "No such view", "There is no saved view with this id.");

    public static ApiProblemException JobNotFound() => Refuse(404, "job_not_found", "No such job", "There is no job with this id.");

    public static ApiProblemException JobState(string code, string detail) => Refuse(409, code, "The job is not in a state for this", detail);

    public static ApiProblemException LeaseLost() => new(Of(new LeaseLostException()));

    public static ApiProblemException SeriesNotFound() => Refuse(404, "series_not_found", "No such series", "The run has no series of this kind with this tag.");

    public static ApiProblemException StepNotFound() => Refuse(404, "step_not_found", "No such step", "The series has nothing at this step.");

    public static ApiProblemException OtherTask(string code, string detail) => Refuse(422, code, "The predictions are of another kind", detail);

    public static ApiProblemException ArtifactNotFound() => Refuse(404, "artifact_not_found", "No such artifact", "The run has no artifact of this name.");

    public static ApiProblemException CheckpointGuarded(IReadOnlyList<string> guards) => Refuse(
        409, "checkpoint_guarded", "The checkpoint stays",
        $"It is {string.Join(" and ", guards.Select(guard => guard switch { "last" => "the last of its run", "kept" => "kept by hand", _ => $"the best by {guard[5..]}" }))}, and that is never deleted here.");

    public static ApiProblemException NotComparable(string reason) => Refuse(422, "not_comparable", "The checkpoints cannot be compared", reason);

    public static ApiProblemException Damaged() =>
        Refuse(500, "damaged", "Stored data is damaged", "The stored bytes no longer match their checksum; what was logged at this step is lost.");

    public static ApiProblemException BodyTooLarge(long limit) =>
        Refuse(413, "body_too_large", "Body too large", $"The body is larger than {limit} bytes. Send fewer events in a request.");

    public static ApiProblemException ArchiveTooLarge(long limit) =>
        Refuse(413, "archive_too_large", "Archive too large", $"The archive is larger than {limit} bytes. Raise Limits:MaxArchiveBytes, or import it with the command on the server.");

    /// <summary>The answer to an archive that is not taken in.</summary>
    public static ApiProblemException ArchiveRefused(ArchiveException refusal) => new(new ApiProblem
    {
        Status = refusal.IsTooLarge ? 413 : 422,
        Code = refusal.IsTooLarge ? "archive_too_large" : "archive_refused",
        Title = "The archive was refused",
        Detail = $"{refusal.Message} Nothing was stored.",
        Errors = refusal.Entry.Length == 0 ? [] : [new ProblemError($"/{refusal.Entry}", "invalid_entry", refusal.Message)],
    });

    public static ApiProblemException DecodedBodyTooLarge(long limit) =>
        Refuse(413, "decoded_body_too_large", "Body too large", $"The body is larger than {limit} bytes once decompressed. Send fewer events in a request.");

    public static ApiProblemException BodyStalled(TimeSpan pause) => new(new ApiProblem
    {
        Status = 408, Code = "request_timeout", Title = "Request timeout", Retryable = true,
        Detail = $"Nothing of the body arrived for {pause.TotalSeconds:0} seconds; nothing was stored. Send the same request again.",
    });

    public static ApiProblemException UnsupportedMediaType(string accepted) =>
        Refuse(415, "unsupported_media_type", "Unsupported media type", $"Send the body as {accepted} and say so in Content-Type.");

    public static ApiProblemException UnsupportedEncoding() =>
        Refuse(415, "unsupported_encoding", "Unsupported content encoding", "Content-Encoding may be gzip, br or absent.");

    public static ApiProblemException Malformed(string code, string detail, string pointer) =>
        new(new ApiProblem { Status = 400, Code = code, Title = "Malformed body", Detail = detail, Errors = [new ProblemError(pointer, code, detail)] });

    public static ApiProblemException Refused(IReadOnlyList<ProblemError> errors) => new(new ApiProblem
    {
        Status = 422,
        Code = "invalid_body",
        Title = "The body was refused",
        Detail = errors.Count == 1 ? $"{errors[0].Pointer}: {errors[0].Message}" : $"{errors.Count} faults were found; the first is at {errors[0].Pointer}: {errors[0].Message}",
        Errors = errors,
    });

    public static ApiProblemException BadParameter(string pointer, string message, string code = "invalid_parameter") => new(new ApiProblem
    {
        Status = 400,
        Code = code,
        Title = "A parameter is not valid",
        Detail = message,
        Errors = [new ProblemError(pointer, code, message)],
    });

    public static ApiProblemException TooManyPoints(long total, long limit) => Refuse(
        422, "too_many_points", "Too many points", $"The answer would hold {total} points, and {limit} is the most. Narrow it with from_step and to_step, or ask for fewer points.");

    public static ApiProblemException TooManyJoinedPoints(long limit) => Refuse(
        422, "too_many_points", "Too many points", $"The join would read more than {limit} stored points. Narrow it with from_step and to_step, or name fewer runs.");

    public static ApiProblemException TooManySamples(long samples, long limit) => Refuse(
        422, "too_many_samples", "Too many samples", $"The series has {samples} samples and more, and {limit} can be followed. Log the same fewer samples at every step, or give ids that name the same samples.");

    public static ApiProblemException AnswerTooLarge(long bytes, long limit) => Refuse(
        422, "answer_too_large", "Answer too large",
        $"The answer would hold {bytes} stored bytes, and {limit} is the most. Narrow it with from_step and to_step, ask for fewer points or for fewer series.");

    public static ApiProblemException Busy(string detail) => Later("busy", "Busy", detail, TimeSpan.FromSeconds(1));

    /// <summary>The answer to a refusal of the store.</summary>
    public static ApiProblem Of(StoreException refusal) => refusal switch
    {
        StoreBusyException busy => new ApiProblem
        {
            Status = 429, Code = "busy", Title = "Busy", Retryable = true, RetryAfter = busy.RetryAfter,
            Detail = "The write queue is full; nothing was stored. Send the same request again a little later.",
        },
        StoreFullException => new ApiProblem
        {
            Status = 507, Code = "storage_full", Title = "Storage full", Retryable = true, RetryAfter = TimeSpan.FromSeconds(30),
            Detail = "The server's disk is full; nothing was stored. Reads go on, and writes resume when there is space.",
        },
        IdempotencyKeyReusedException => new ApiProblem
        {
            Status = 422, Code = "idempotency_key_reused", Title = "Idempotency key reused",
            Detail = "This Idempotency-Key was used with another body; nothing was stored. Use a new key for a new body.",
        },
        RunNameTakenException => new ApiProblem
        {
            Status = 409, Code = "run_name_taken", Title = "Run name taken", Detail = "The project has another run of this name. Choose another name.",
        },
        ProjectNameTakenException => new ApiProblem
        {
            Status = 409, Code = "project_name_taken", Title = "Project name taken", Detail = "There is a project of this name. Import under another with as=.",
        },
        RunChangedException changed => new ApiProblem
        {
            Status = 409, Code = "run_changed", Title = "The run changed meanwhile",
            Detail = $"Someone else changed the run's {changed.Field} since this edit began; nothing was stored. Read the run again and decide.",
            Errors = [new ProblemError($"/base/{changed.Field}", "run_changed", "The run differs from this value.")],
        },
        ViewChangedException => new ApiProblem
        {
            Status = 409, Code = "view_changed", Title = "The saved view changed meanwhile",
            Detail = "Someone else changed it since it was opened; nothing was stored. Read it again and decide.",
        },
        SettingChangedException => new ApiProblem
        {
            Status = 409, Code = "setting_changed", Title = "The setting changed meanwhile",
            Detail = "Someone else changed it since it was read; nothing was stored. Read it again and decide.",
        },
        TooManyViewsException => new ApiProblem
        {
            Status = 422, Code = "too_many_views", Title = "Too many saved views", Detail = $"{refusal.Message} Delete some first.",
        },
        TooManyJobsException => new ApiProblem
        {
            Status = 422, Code = "too_many_jobs", Title = "Too many jobs", Detail = $"{refusal.Message} Wait for some to end, or cancel them.",
        },
        TooManyKeysException => new ApiProblem
        {
            Status = 422, Code = "too_many_keys", Title = "Too many keys", Detail = $"{refusal.Message} Revoke some first.",
        },
        LeaseLostException => new ApiProblem
        {
            Status = 409, Code = "lease_lost", Title = "Lease lost", Detail = "The job was cancelled, or another worker has it: stop computing it.",
        },
        _ when AccountProblems.Of(refusal) is { } problem => problem,
        _ => new ApiProblem
        {
            Status = 503, Code = "storage_stopped", Title = "Storage unavailable", Retryable = true, RetryAfter = TimeSpan.FromSeconds(5),
            Detail = "The store is starting or stopping; nothing was stored. Send the same request again a little later.",
        },
    };

    /// <summary>The answer for a bare status that the framework or an endpoint set.</summary>
    public static ApiProblem Of(int status) => status switch
    {
        400 => Plain(400, "bad_request", "Bad request", "The request could not be understood."),
        404 => Plain(404, "not_found", "Not found", "There is nothing at this address."),
        405 => Plain(405, "method_not_allowed", "Method not allowed", "This address does not take this method; see the Allow header."),
        408 => Plain(408, "request_timeout", "Request timeout", "The body arrived too slowly.") with { Retryable = true },
        413 => Plain(413, "body_too_large", "Body too large", "The body is larger than this server takes; see /api/v1/limits."),
        415 => Plain(415, "unsupported_media_type", "Unsupported media type", "Send the body as application/json and say so in Content-Type."),
        416 => Plain(416, "range_not_satisfiable", "Range not satisfiable", "The range lies outside the content."),
        503 => Plain(503, "unavailable", "Unavailable", "The server is stopping.") with { Retryable = true, RetryAfter = TimeSpan.FromSeconds(5) },
        500 => Plain(500, "internal_error", "Internal error", "The server failed at this request. Its log has more under the request id."),
        _ => Plain(status, $"http_{status}", "The request was refused", $"The server answered with status {status}."),
    };

    private static ApiProblem Plain(int status, string code, string title, string detail) => new() { Status = status, Code = code, Title = title, Detail = detail };

    /// <summary>A refusal that the same request meets again.</summary>
    public static ApiProblemException Refuse(int status, string code, string title, string detail) => new(Plain(status, code, title, detail));

    /// <summary>429: too much for now.</summary>
    public static ApiProblemException Later(string code, string title, string detail, TimeSpan wait) => new(Plain(429, code, title, detail) with { Retryable = true, RetryAfter = wait });
}
