namespace Dashboard.Client;

/// <summary>What a model says of samples.</summary>
public sealed partial class LossboardRun
{
    /// <summary>Logs a classifier's answers.</summary>
    /// <param name="tag">Name of the set they were made on.</param>
    /// <param name="labels">True class of each sample.</param>
    /// <param name="scores">One row of class scores a sample, row after row: <c>labels.Length × classes</c>.</param>
    /// <param name="step">Training step.</param>
    /// <param name="losses">Loss of each sample, or empty.</param>
    /// <param name="ids">Name of each sample, or null.</param>
    /// <param name="classes">What the classes are called, or null.</param>
    /// <param name="sprite">Thumbnails of the samples, an image artifact of this run, or null.</param>
    public void LogPredictions(string tag, ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, long step,
        ReadOnlySpan<float> losses = default, IReadOnlyList<string>? ids = null, IReadOnlyList<string>? classes = null, LossboardSprite? sprite = null)
    {
        try
        {
            AddRecord(tag, step, EventJson.Predictions(tag, labels, scores, step, Now(), losses, ids, classes, sprite));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _notifier.BadEvent($"predictions \"{tag}\" at step {step}", e);
        }
    }

    /// <summary>Logs what a regression predicts.</summary>
    /// <param name="tag">Name of the set it was made on.</param>
    /// <param name="targets">True numbers, row after row: <c>samples × outputs</c>.</param>
    /// <param name="predicted">Predicted numbers, laid out alike.</param>
    /// <param name="step">Training step.</param>
    /// <param name="outputs">Numbers a sample.</param>
    /// <param name="losses">Loss of each sample, or empty.</param>
    /// <param name="ids">Name of each sample, or null.</param>
    /// <param name="sprite">Thumbnails of the samples, an image artifact of this run, or null.</param>
    public void LogRegression(string tag, ReadOnlySpan<float> targets, ReadOnlySpan<float> predicted, long step, int outputs = 1,
        ReadOnlySpan<float> losses = default, IReadOnlyList<string>? ids = null, LossboardSprite? sprite = null)
    {
        try
        {
            AddRecord(tag, step, EventJson.Regression(tag, targets, predicted, outputs, step, Now(), losses, ids, sprite));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _notifier.BadEvent($"predictions \"{tag}\" at step {step}", e);
        }
    }
}
