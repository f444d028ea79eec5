using Dashboard.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dashboard.Server;

/// <summary>Adds the problem answer, with its schema, to every operation of the OpenAPI document.</summary>
internal sealed class ProblemResponses : IOpenApiOperationTransformer
{
    private const string Schema = "Problem";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(Schema) != true)
            document.AddComponent(Schema, await context.GetOrCreateSchemaAsync(typeof(ProblemView), cancellationToken: cancellationToken));
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "The request was refused or failed; code says why, retryable whether to try again.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypes.Problem] = new() { Schema = new OpenApiSchemaReference(Schema, document) },
            },
        };
    }
}
