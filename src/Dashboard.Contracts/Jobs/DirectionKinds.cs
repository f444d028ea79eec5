namespace Dashboard.Contracts;

/// <summary>Values of <see cref="DirectionsSpec.Kind"/>.</summary>
public static class DirectionKinds
{
    /// <summary>Drawn by a seed.</summary>
    public const string Random = "random";
    /// <summary>Principal components of checkpoints.</summary>
    public const string Pca = "pca";
    /// <summary>Eigenvectors of the largest and the smallest eigenvalue.</summary>
    public const string Hessian = "hessian";
    /// <summary>From one set of weights to another.</summary>
    public const string Between = "between";
    /// <summary>Read from files.</summary>
    public const string Given = "given";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Random, Pca, Hessian, Between, Given];
}
