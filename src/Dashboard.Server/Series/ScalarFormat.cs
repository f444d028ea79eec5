using Dashboard.Contracts;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Server;

/// <summary>Which form of a scalar answer a client asked for.</summary>
internal enum ScalarFormat
{
    Json,
    Csv,
    Columns,
}

/// <summary>Reads <c>Accept</c>.</summary>
internal static class ScalarFormats
{
    /// <summary>The form the client likes best; JSON where it names none of ours.</summary>
    public static ScalarFormat Of(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return ScalarFormat.Json;
        foreach (var type in accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.MediaType.Equals(MediaTypes.Columns, StringComparison.OrdinalIgnoreCase))
                return ScalarFormat.Columns;
            if (type.MediaType.Equals(MediaTypes.Csv, StringComparison.OrdinalIgnoreCase))
                return ScalarFormat.Csv;
            if (type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase) || type.MatchesAllTypes)
                return ScalarFormat.Json;
        }
        return ScalarFormat.Json;
    }
}
