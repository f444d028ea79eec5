using System.Globalization;

namespace Dashboard.Analysis;

/// <summary>Finds the layer in the tag of a gradient or of dead units.</summary>
internal static class LayerPath
{
    private static readonly HashSet<string> Prefixes =
        new(StringComparer.OrdinalIgnoreCase) { "gradients", "gradient", "grads", "grad", "grad_norm", "grad_norms", "gradient_norm", "gradient_norms", "gradnorm", "activations", "train", "training", "debug", "stats", "layers_grad" };

    private static readonly HashSet<string> Measures =
        new(StringComparer.OrdinalIgnoreCase)
        {
            "norm", "l2_norm", "l2", "grad_norm", "gradient_norm", "grad", "gradient", "gradients", "update_ratio", "size", "rms", "dead_share", "dead", "dead_units", "dead_fraction", "dead_ratio",
            "dead_neurons", "dead_relu", "dead_percent", "total", "total_norm", "grad_norm_total", "global_norm", "all", "global", "model", "max", "mean", "std", "abs_mean",
        };

    /// <summary>The layer (a parameter's module: <c>conv1</c> for <c>gradients/conv1.weight/norm</c>), or null for a whole model's.</summary>
    public static string? OfGradient(string tag) => Module(Middle(tag));

    /// <summary>The module whose units are counted, or null where the tag names none.</summary>
    public static string? OfUnits(string tag) => Middle(tag);

    private static string? Middle(string tag)
    {
        var parts = tag.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        while (parts.Count > 0 && IsPrefix(parts[0]))
            parts.RemoveAt(0);
        while (parts.Count > 0 && Measures.Contains(parts[^1]))
            parts.RemoveAt(parts.Count - 1);
        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    // Weight and bias of one layer are judged as one: the gradient of a bias before a normalisation is zero in the healthiest of models.
    private static string? Module(string? parameter)
    {
        if (parameter is null)
            return null;
        var dot = parameter.LastIndexOf('.');
        var slash = parameter.LastIndexOf('/');
        var cut = Math.Max(dot, slash);
        var name = parameter[(cut + 1)..];
        var isParameter = name is "weight" or "bias" or "kernel" or "gamma" or "beta" or "scale" || name.StartsWith("weight_", StringComparison.Ordinal) || name.StartsWith("bias_", StringComparison.Ordinal);
        return cut > 0 && isParameter ? parameter[..cut] : parameter;
    }

    private static bool IsPrefix(string part) => Prefixes.Contains(part) || IsOrderOfNorm(part);

    // "grad_2.0_norm" and "grad_2.0_norm_total" are how one framework writes the norm's order.
    private static bool IsOrderOfNorm(string part)
    {
        var words = part.Split('_');
        return words.Length >= 3 && words[0] == "grad" && words[2] == "norm" && words.Length <= 4 && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
