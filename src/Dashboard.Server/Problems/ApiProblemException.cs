namespace Dashboard.Server;

/// <summary>Ends a request with a problem answer.</summary>
public sealed class ApiProblemException(ApiProblem problem, Exception? inner = null) : Exception(problem.Detail, inner)
{
    /// <summary>The answer.</summary>
    public ApiProblem Problem { get; } = problem;
}
