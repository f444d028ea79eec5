namespace Dashboard.Server;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDocument
{
    /// <summary>Adds the document <c>v1</c>, served at <c>/openapi/v1.json</c>.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddOperationTransformer<ProblemResponses>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Lossboard";
            document.Info.Description =
                "Push metrics from training jobs, browse runs, watch them live. JSON is snake_case; times are seconds since the Unix epoch; "
                + "NaN, Infinity and -Infinity are texts. Live frames come over the SignalR hub /hubs/live.";
            return Task.CompletedTask;
        });
    });
}
