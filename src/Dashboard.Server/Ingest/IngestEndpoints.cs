using System.Security.Cryptography;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>Takes events in.</summary>
internal static class IngestEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private static readonly PathString EventsPath = "/api/v1/events";

    /// <summary>Adds what the endpoint needs.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services) =>
        services.AddSingleton<BodyBudget>().AddSingleton<IngestCounters>();

    /// <summary>Answers events that would be refused anyway before anything else is done with them. Under overload these are most, and what they cost is taken from those that are not.</summary>
    public static void UseIngest(this WebApplication app)
    {
        var store = app.Services.GetRequiredService<IIngestStore>();
        app.Use(next => context => HttpMethods.IsPost(context.Request.Method) && context.Request.Path == EventsPath && store.IsBusy
            ? ProblemMiddleware.WriteAsync(context, ApiProblems.Of(new StoreBusyException()))
            : next(context));
    }

    /// <summary>Maps <c>POST /events</c>.</summary>
    public static void MapIngest(this IEndpointRouteBuilder api) =>
        api.MapPost("/events", PostAsync)
            .Accepts<EventsRequest>(MediaTypes.Json, MediaTypes.Scalars)
            .Needs(AccessRight.Write, AccessSubject.Handler).WithName("postEvents").WithTags("Ingest")
            .WithSummary("Stores events of one run, all of them or none.")
            .WithDescription("The answer comes after the events are durable. The body may be gzip or br. With an Idempotency-Key header the same key and body are "
                + "answered as the first time and stored once; the same key with another body is 422 idempotency_key_reused. "
                + "application/vnd.lossboard.scalars is the compact binary form for high rates of scalars.");

    private static async Task<Ok<IngestAnswer>> PostAsync(
        HttpContext context, Caller caller, IIngestStore store, ApiLimits limits, BodyBudget budget, RateLimits rates, IngestCounters counters, TimeProvider clock)
    {
        var request = context.Request;
        var isBinary = IsBinary(request.ContentType);
        var key = Key(request, limits);
        rates.Body(context);
        IngestBatch batch;
        long bytes;
        using var place = store.Enter();
        using (var body = await RequestBody.ReadAsync(request, limits, budget, context.RequestAborted))
        {
            bytes = body.Bytes.Length;
            rates.Charge(context, bytes);
            var now = clock.Seconds();
            batch = isBinary ? BinaryScalarsDecoder.Decode(body.Bytes, limits, now) : EventsDecoder.Decode(body.Bytes, limits, now);
            if (key is not null)
                batch = batch with { IdempotencyKey = key, BodyHash = SHA256.HashData(body.Bytes) };
        }
        caller.Require(AccessRight.Write, batch.Project);
        // Once handed over the batch is stored whatever becomes of the connection, so the answer waits for it.
        var stored = store.AppendAsync(batch, CancellationToken.None);
        place.Dispose();
        var receipt = await stored;
        counters.Stored(receipt, bytes, isBinary);
        return TypedResults.Ok(new IngestAnswer(receipt.RunId, receipt.Accepted, receipt.Duplicates, receipt.Replayed, receipt.Seq));
    }

    private static bool IsBinary(string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            if (type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase))
                return false;
            if (type.MediaType.Equals(MediaTypes.Scalars, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        throw ApiProblems.UnsupportedMediaType($"{MediaTypes.Json} or {MediaTypes.Scalars}");
    }

    private static string? Key(HttpRequest request, ApiLimits limits)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var values))
            return null;
        var key = values.ToString();
        if (key.Length == 0)
            throw ApiProblems.BadParameter($"/headers/{KeyHeader}", $"{KeyHeader} must not be empty; leave it out to store without one.");
        return key.Length <= limits.MaxIdempotencyKeyLength
            ? key
            : throw ApiProblems.BadParameter($"/headers/{KeyHeader}", $"{KeyHeader} is longer than {limits.MaxIdempotencyKeyLength} characters.");
    }
}
