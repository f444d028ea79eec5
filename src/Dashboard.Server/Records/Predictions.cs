using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>What a model said of samples, a row each: scores of classes beside <paramref name="Labels"/>, or numbers beside <paramref name="Targets"/>.</summary>
internal sealed record Predictions(long[]? Labels, Matrix? Targets, Matrix Scores, double[]? Losses, string[]? Ids)
{
    /// <summary>What the classes are called, or null.</summary>
    public string[]? Classes { get; init; }

    /// <summary>Thumbnails of the samples, or null.</summary>
    public SpriteReference? Sprite { get; init; }
}
