namespace Dashboard.Analysis;

/// <summary>What a tag says about its curve. Tags are read as words: <c>/ . _ -</c>, blanks and humps (<c>valLoss</c>) part them.</summary>
public sealed record CurveName
{
    private static readonly HashSet<string> TrainingWords = ["train", "training", "tr", "trn"];
    private static readonly HashSet<string> ValidationWords = ["val", "valid", "validation", "dev", "eval", "evaluation", "test", "testing", "holdout", "heldout"];

    // How often and how a number was taken; not what it is.
    private static readonly HashSet<string> MannerWords = ["step", "epoch", "batch", "iter", "iteration", "running", "avg", "average", "mean", "smooth", "smoothed", "total", "metrics", "metric", "epochs", "steps"];

    private static readonly HashSet<string> LossWords =
        ["loss", "losses", "error", "err", "nll", "mse", "mae", "rmse", "perplexity", "ppl", "crossentropy", "xent", "ce", "bce", "wer", "cer", "objective", "cost"];

    private static readonly HashSet<string> ScoreWords =
        ["acc", "accuracy", "f1", "auc", "auroc", "auprc", "precision", "recall", "r2", "iou", "miou", "dice", "top1", "top5", "bleu", "rouge", "mrr", "ndcg", "map", "psnr", "ssim"];

    // Penalties, parts that pull against each other, and settings: a rise of theirs means nothing by itself.
    private static readonly HashSet<string> TermWords =
    [
        "reg", "regularization", "regularisation", "regularizer", "penalty", "kl", "kld", "scale", "weight", "weights", "policy", "value", "entropy", "actor", "critic",
        "generator", "discriminator", "gen", "disc", "adversarial", "adv", "aux", "commitment", "time", "seconds", "count",
    ];

    private static readonly HashSet<string> GradientWords = ["grad", "grads", "gradient", "gradients", "gradnorm"];

    private CurveName(string tag, CurveRole role, CurveSplit split, string key, string? layer)
    {
        Tag = tag;
        Role = role;
        Split = split;
        Key = key;
        Layer = layer;
    }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>What the curve tells.</summary>
    public CurveRole Role { get; }

    /// <summary>Which samples it was taken on.</summary>
    public CurveSplit Split { get; }

    /// <summary>What is left of the name without its split: a training curve and a validation curve with one key belong together.</summary>
    public string Key { get; }

    /// <summary>The layer that a gradient or a share of dead units belongs to; null for a whole model, and for other curves.</summary>
    public string? Layer { get; }

    /// <summary>Reads a tag.</summary>
    public static CurveName Of(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var words = CurveWords.Of(tag);
        if (IsLearningRate(words))
            return new CurveName(tag, CurveRole.LearningRate, CurveSplit.Unsaid, tag, null);
        if (words.Exists(word => word.StartsWith("dead", StringComparison.Ordinal)))
            return new CurveName(tag, CurveRole.DeadShare, CurveSplit.Unsaid, tag, LayerPath.OfUnits(tag));
        if (words.Exists(GradientWords.Contains))
            return new CurveName(tag, GradientRole(words), CurveSplit.Unsaid, tag, LayerPath.OfGradient(tag));
        var role = QualityRole(words);
        if (role == CurveRole.Other)
            return new CurveName(tag, role, CurveSplit.Unsaid, tag, null);
        var split = words.Exists(ValidationWords.Contains) ? CurveSplit.Validation : words.Exists(TrainingWords.Contains) ? CurveSplit.Training : CurveSplit.Unsaid;
        var kept = words.Where(word => !ValidationWords.Contains(word) && !TrainingWords.Contains(word) && !MannerWords.Contains(word)).Order(StringComparer.Ordinal);
        return new CurveName(tag, role, split, string.Join(' ', kept), null);
    }

    /// <summary>The tag of histograms of a layer's gradients, or null where they are of something else.</summary>
    internal static string? GradientLayer(string histogramTag) =>
        CurveWords.Of(histogramTag).Exists(GradientWords.Contains) ? LayerPath.OfGradient(histogramTag) : null;

    private static bool IsLearningRate(List<string> words) =>
        words.Count > 0 && (words[^1] == "lr" || words[0] == "lr" || (words.Count > 1 && words[^1] == "rate" && words[^2] == "learning"));

    private static CurveRole GradientRole(List<string> words)
    {
        var last = words[^1];
        return last switch
        {
            "cosine" or "zeros" or "finite" or "clipped" or "clip" or "mean" or "min" => CurveRole.Other,
            "ratio" => CurveRole.UpdateRatio,
            "size" => CurveRole.GradientSize,
            _ => CurveRole.GradientNorm,
        };
    }

    private static CurveRole QualityRole(List<string> words)
    {
        // "cross_entropy" is a loss although "entropy" alone is not, and "mean squared error" has no special word.
        var hasCrossEntropy = words.Contains("cross") && words.Contains("entropy");
        if (!hasCrossEntropy && words.Exists(TermWords.Contains))
            return CurveRole.Other;
        // "loss/l2" is a term of a loss, "l2_loss" may be the loss itself.
        if (words.Count > 1 && words[^1] is "l1" or "l2")
            return CurveRole.Other;
        if (hasCrossEntropy || words.Exists(LossWords.Contains))
            return CurveRole.Loss;
        return words.Exists(ScoreWords.Contains) ? CurveRole.Score : CurveRole.Other;
    }
}
