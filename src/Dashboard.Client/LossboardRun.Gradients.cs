namespace Dashboard.Client;

/// <content>What the gradients of a model say while it trains.</content>
public sealed partial class LossboardRun
{
    private readonly GradientHistory _gradients = new();

    /// <summary>
    /// Logs norms, cosines and update ratios to the previous call, shares of zeros and counts of what is no number, of each parameter and of all together, and signed logarithmic
    /// histograms. The numbers are read on the caller's thread and a copy is kept until the next call, so call it every few steps; like all of these it never throws.
    /// </summary>
    /// <param name="step">Training step.</param>
    /// <param name="gradients">One for each parameter, in the order of the model.</param>
    /// <param name="histograms">Whether histograms of gradients and weights go with it.</param>
    public void LogGradients(long step, IReadOnlyList<LossboardGradient> gradients, bool histograms = true)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(gradients);
            var now = Now();
            foreach (var (tag, value) in _gradients.Next(gradients))
                Add(new LoggedEvent(tag, step, value, now, null));
            if (!histograms)
                return;
            foreach (var one in gradients)
            {
                LogSigned($"gradients/{one.Name}", one.Gradient.Span, step, now);
                LogSigned($"weights/{one.Name}", one.Weights.Span, step, now);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _notifier.BadEvent($"gradients at step {step}", e);
        }
    }

    private void LogSigned(string tag, ReadOnlySpan<float> values, long step, double now)
    {
        if (SignedLogBins.Count(values) is { } counted)
            AddRecord(tag, step, EventJson.Counts(tag, counted.Edges, counted.Counts, step, now));
    }
}
