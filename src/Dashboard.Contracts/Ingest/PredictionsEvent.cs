using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>What a model said of samples, a row each: a classifier with <see cref="Labels"/>, or a regression with <see cref="Targets"/>.</summary>
public sealed record PredictionsEvent : IngestEvent
{
    /// <summary>Series name.</summary>
    public required string Tag { get; init; }
    /// <summary>Training step.</summary>
    public required long Step { get; init; }
    /// <summary>True class of each sample, counted from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long[]? Labels { get; init; }
    /// <summary>In place of labels: the true numbers of each sample, as many as a row of scores has. Where that is one, a number may stand for its row.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[][]? Targets { get; init; }
    /// <summary>One score a class for each sample; beside targets, the predicted numbers. One column beside labels is the score of class 1 of two.</summary>
    public required double[][] Scores { get; init; }
    /// <summary>Loss of each sample.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double[]? Losses { get; init; }
    /// <summary>What each sample is called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Ids { get; init; }
    /// <summary>What the classes are called, in the order of the scores.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Classes { get; init; }
    /// <summary>Thumbnails of the samples: an image artifact of the same run, and the size of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpriteReference? Sprite { get; init; }
}
