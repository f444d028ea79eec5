namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/runs/fields</c>: what the runs of a project can be searched, sorted and compared by.</summary>
/// <param name="Config">Values of configurations, those of most runs first.</param>
/// <param name="ConfigTotal">How many there are in all.</param>
/// <param name="Metrics">Scalar tags, those of most runs first.</param>
/// <param name="MetricsTotal">How many there are in all.</param>
public sealed record RunFields(IReadOnlyList<ConfigField> Config, int ConfigTotal, IReadOnlyList<MetricField> Metrics, int MetricsTotal);
