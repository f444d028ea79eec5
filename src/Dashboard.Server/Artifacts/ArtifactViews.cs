using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Artifacts as they are on the wire.</summary>
internal static class ArtifactViews
{
    public static ArtifactView Of(ArtifactInfo info) => new(
        info.Id, info.Name, info.Type, info.Step, info.Size, info.Sha256, info.Created,
        info.Origin.Reason, info.Origin.Metric, info.Origin.MetricValue, info.Origin.MetricGoal, info.Kept);
}
