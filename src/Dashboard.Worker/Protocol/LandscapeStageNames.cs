namespace Dashboard.Worker;

/// <summary>Stages of a landscape's parts.</summary>
internal static class LandscapeStageNames
{
    public const string Plan = "plan";
    public const string Preview = "preview";
    public const string Loss = "loss";
    public const string Validation = "validation";
}
