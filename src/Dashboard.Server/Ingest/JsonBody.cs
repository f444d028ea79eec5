using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Dashboard.Contracts;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>Reads the small JSON bodies, with the same caps and the same words for faults as events.</summary>
internal static partial class JsonBody
{
    /// <summary>Reads a body that must be a JSON object.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What it must be.</param>
    /// <param name="mostBytes">Bytes on the wire and decoded; null for what all bodies may have.</param>
    /// <exception cref="ApiProblemException">413, 415, 429, 400 where it is no JSON, 422 where it is not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, long? mostBytes = null)
        where T : class
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !media.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase))
            throw ApiProblems.UnsupportedMediaType(MediaTypes.Json);
        var services = context.RequestServices;
        var limits = services.GetRequiredService<ApiLimits>();
        if (mostBytes is { } most)
            limits = limits with { MaxBodyBytes = most, MaxDecodedBodyBytes = most };
        using var body = await RequestBody.ReadAsync(request, limits, services.GetRequiredService<BodyBudget>(), context.RequestAborted);
        CheckSyntax(body.Bytes);
        try
        {
            return JsonSerializer.Deserialize(body.Bytes, type)
                ?? throw ApiProblems.Refused([new ProblemError("", "wrong_type", "The body must be an object.")]);
        }
        catch (JsonException wrong)
        {
            throw ApiProblems.Refused([WrongType(wrong)]);
        }
    }

    /// <summary>The fault of a value that is not of its field's type.</summary>
    public static ProblemError WrongType(JsonException wrong, string under = "") =>
        new(under + Pointer(wrong.Path), "wrong_type", "The value is not of the type that this field takes.");

    // Syntax is checked on its own: the serializer reports bad syntax and wrong types as one.
    private static void CheckSyntax(ReadOnlySpan<byte> body)
    {
        if (!System.Text.Unicode.Utf8.IsValid(body))
            throw ApiProblems.Malformed("invalid_utf8", "The body is not valid UTF-8.", "");
        try
        {
            // What is kept as JSON, as a configuration is, is not looked at again before it is needed.
            if (!JsonTexts.AreWhole(body))
                throw ApiProblems.Refused([new ProblemError("", "lone_surrogate", JsonTexts.Fault)]);
        }
        catch (JsonException broken)
        {
            throw ApiProblems.Malformed(
                "malformed_json", $"The body is not valid JSON, or ends early: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.", "");
        }
    }

    // "$.tags[0]" and "$['a b']" become "/tags/0" and "/a b".
    private static string Pointer(string? path) =>
        path is null ? "" : string.Concat(Parts().Matches(path).Select(part => "/" + BodyErrors.Escape(part.Groups[1].Value + part.Groups[2].Value + part.Groups[3].Value)));

    [GeneratedRegex(@"\.([^.\[]+)|\[(\d+)\]|\['(.*?)'\]", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Parts();
}
