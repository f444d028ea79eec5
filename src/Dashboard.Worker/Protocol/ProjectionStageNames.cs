namespace Dashboard.Worker;

/// <summary>Stages of a projection's parts.</summary>
internal static class ProjectionStageNames
{
    public const string Frame = "frame";
}
