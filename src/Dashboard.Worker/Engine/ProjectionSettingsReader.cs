using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>A projection's settings out of its spec. What is absent is left to the computation.</summary>
internal static class ProjectionSettingsReader
{
    /// <summary>Reads them.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="rows">Vectors.</param>
    /// <param name="given">Coordinates that were computed elsewhere.</param>
    /// <exception cref="VectorException">A word that is none of those there are.</exception>
    public static ProjectionSettings Read(ProjectionSpec spec, int rows, VectorTable? given) =>
        ProjectionSettings.Of(rows, spec.Method, given?.Columns ?? spec.Dims, spec.Perplexity, spec.Neighbors, spec.MinDist, spec.Iterations, spec.Seed, spec.Standardize, spec.PcaFirst, spec.Metric, spec.PointQuality)
            with
        { Given = given };
}
