namespace Dashboard.Worker;

/// <summary>Values of <c>directions.kind</c>.</summary>
internal static class DirectionKinds
{
    public const string Random = "random";
    public const string Pca = "pca";
    public const string Hessian = "hessian";
    public const string Between = "between";
    public const string Given = "given";

    public static readonly IReadOnlyList<string> All = [Random, Pca, Hessian, Between, Given];
}
