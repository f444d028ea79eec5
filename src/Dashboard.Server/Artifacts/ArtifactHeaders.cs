using System.Globalization;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Headers of an upload that say why the file was saved, and how good it was.</summary>
internal static class ArtifactHeaders
{
    private const string ReasonHeader = "Artifact-Reason";
    private const string MetricHeader = "Artifact-Metric";
    private const string ValueHeader = "Artifact-Metric-Value";
    private const string GoalHeader = "Artifact-Metric-Goal";
    private static readonly string[] Reasons = ["periodic", "best", "last", "manual", "interrupted"];

    /// <summary>What the headers say.</summary>
    /// <exception cref="ApiProblemException">400 for a header that is not valid, or for a metric without a value.</exception>
    public static ArtifactOrigin Origin(HttpRequest request, int maxNameBytes)
    {
        var reason = OneOf(request, ReasonHeader, Reasons, "periodic, best, last, manual or interrupted");
        var goal = OneOf(request, GoalHeader, ["min", "max"], "min or max");
        // Headers are ASCII, tags are not.
        var metric = Given(request, MetricHeader) is { } named ? Uri.UnescapeDataString(named) : null;
        var value = Value(request);
        if (metric is not null && NameRule.Check(metric, maxNameBytes, "The metric") is { } fault)
            throw ApiProblems.BadParameter($"/headers/{MetricHeader}", fault.Message, fault.Code);
        if (metric is not null && value is null)
            throw ApiProblems.BadParameter($"/headers/{ValueHeader}", $"{MetricHeader} names a metric: send its value in {ValueHeader}.", "missing");
        if (metric is null && (value is not null || goal is not null))
            throw ApiProblems.BadParameter($"/headers/{MetricHeader}", $"{ValueHeader} and {GoalHeader} need a metric: name it in {MetricHeader}.", "missing");
        return new ArtifactOrigin(reason, metric, value, goal);
    }

    private static string? OneOf(HttpRequest request, string header, string[] allowed, string words)
    {
        if (Given(request, header) is not { } given)
            return null;
        return allowed.Contains(given) ? given : throw ApiProblems.BadParameter($"/headers/{header}", $"{header} must be {words}.");
    }

    private static double? Value(HttpRequest request)
    {
        if (Given(request, ValueHeader) is not { } given)
            return null;
        return double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ApiProblems.BadParameter($"/headers/{ValueHeader}", $"{ValueHeader} must be a number, NaN, Infinity or -Infinity.");
    }

    private static string? Given(HttpRequest request, string header) => request.Headers.TryGetValue(header, out var given) ? given.ToString() : null;
}
