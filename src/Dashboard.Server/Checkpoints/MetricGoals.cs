namespace Dashboard.Server;

/// <summary>Which values of a metric are better, and which metric a run is likeliest judged by, told from names where nobody said.</summary>
internal static class MetricGoals
{
    public const string Min = "min";
    public const string Max = "max";
    private static readonly string[] Rising =
        ["acc", "auc", "auroc", "f1", "precision", "recall", "r2", "score", "bleu", "rouge", "iou", "dice", "map", "reward", "return", "top1", "top5", "psnr", "ssim", "likelihood"];
    private static readonly string[] Falling = ["loss", "error", "err", "perplexity", "ppl", "mae", "mse", "rmse", "nll", "wer", "cer", "fid", "distance"];
    private static readonly string[] HeldOut = ["val", "valid", "validation", "eval", "test", "dev"];
    private static readonly char[] Separators = ['/', '_', '-', '.', ' '];

    /// <summary>min or max; min where the name tells nothing, as for most that is logged.</summary>
    public static string Guess(string tag)
    {
        // From the end: in val/accuracy_loss it is the loss.
        foreach (var word in Words(tag).Reverse())
        {
            if (Falling.Contains(word))
                return Min;
            if (Rising.Any(rising => word == rising || (rising == "acc" && word.StartsWith("accura", StringComparison.Ordinal))))
                return Max;
        }
        return Min;
    }

    /// <summary>The metric of held-out data that a run is likeliest judged by, else of any; null where no tag is one.</summary>
    public static string? Likeliest(IEnumerable<string> tags) => tags
        .Select(tag => (Tag: tag, Words: Words(tag)))
        .Where(one => one.Words.Any(word => Falling.Contains(word) || Rising.Contains(word) || word.StartsWith("accura", StringComparison.Ordinal)))
        .OrderByDescending(one => one.Words.Any(HeldOut.Contains))
        .ThenByDescending(one => one.Words.Contains("loss"))
        // The loss itself rather than a term of it.
        .ThenBy(one => one.Words.Length)
        .ThenBy(one => one.Tag, StringComparer.Ordinal)
        .Select(one => one.Tag)
        .FirstOrDefault();

    private static string[] Words(string tag) => tag.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
