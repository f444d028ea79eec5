using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Run queries of requests, with their faults as problems.</summary>
internal static class RunQueries
{
    /// <summary>Parses the query of a request.</summary>
    /// <exception cref="ApiProblemException">422 with the place of the fault.</exception>
    public static QueryNode? Parse(string? query, ApiLimits limits, string pointer)
    {
        try
        {
            return QueryParser.Parse(query, limits);
        }
        catch (QueryException wrong)
        {
            throw Problem(wrong, pointer);
        }
    }

    /// <summary>The answer to a query that cannot be run.</summary>
    public static ApiProblemException Problem(QueryException wrong, string pointer)
    {
        var isCap = wrong.Code is "query_too_complex" or "query_timeout";
        return new ApiProblemException(new ApiProblem
        {
            Status = 422,
            Code = isCap ? wrong.Code : "invalid_query",
            Title = isCap ? "The query asks for too much" : "The query is not valid",
            Detail = wrong.Message,
            Errors = [Error(wrong, pointer)],
        });
    }

    /// <summary>The fault as one of a list.</summary>
    public static ProblemError Error(QueryException wrong, string pointer) =>
        new(pointer, wrong.Code, wrong.Message) { Position = wrong.Span.Position, Length = wrong.Span.Length };
}
