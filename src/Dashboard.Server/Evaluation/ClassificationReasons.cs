using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Says why something of a classifier's evaluation is null, missing or cut.</summary>
internal sealed class ClassificationReasons
{
    // As many as a sentence can be about.
    private const int MostClasses = 100;

    private readonly List<EvaluationReason> _reasons = [];

    public IReadOnlyList<EvaluationReason> All => _reasons;

    public void Add(string field, string code, string message, IReadOnlyList<int>? classes = null) =>
        _reasons.Add(new EvaluationReason(field, code, message, classes?.Count > MostClasses ? [.. classes.Take(MostClasses)] : classes));

    /// <summary>What samples and their counts leave undefined.</summary>
    public void Explain(ScoredSamples samples, ConfusionCounts counts, IReadOnlyList<int> classes)
    {
        if (samples.Used == 0)
        {
            Add("samples", "no_samples", samples.Rows == 0 ? "The event holds no samples." : "Every sample is left out: a score is NaN, or the class has no score.");
            return;
        }
        if (samples.NanRows > 0)
            Add("samples", "nan_scores", $"{samples.NanRows} of {samples.Rows} samples have a score that is NaN; they are left out.");
        var occurring = counts.Support.Count(count => count > 0);
        if (occurring == 1)
            Add("auc", "one_class", "All samples are of one class: there is nothing to rank it against.");
        Add(classes.Where(at => counts.Support[at] == 0), "recall.per_class", "no_samples_of_class", "Without samples of a class there is no recall, no curve and no area for it.");
        Add(classes.Where(at => counts.PredictedCounts[at] == 0), "precision.per_class", "never_predicted", "What was never predicted has no precision; averages take 0 for it, as scikit-learn does.");
        Add(classes.Where(at => counts.Support[at] + counts.PredictedCounts[at] == 0), "f1.per_class", "never_occurs", "The class occurs neither among labels nor among predictions; averages leave it out.");
        if (occurring == 1 || counts.PredictedCounts.Count(count => count > 0) == 1)
            Add("matthews", "one_value", "Labels or predictions have one value only: there is nothing to correlate.");
        if (!samples.AreProbabilities)
            Add("calibration", "not_probabilities", samples.Columns == 1
                ? "The scores do not lie within 0 to 1, so they are taken for logits: no log loss, Brier score or calibration. Log the sigmoid of them for these."
                : "The scores of a sample do not lie within 0 to 1 and add up to 1: no log loss, Brier score or calibration. Log the softmax of them for these.");
    }

    private void Add(IEnumerable<int> classes, string field, string code, string message)
    {
        var all = classes.ToList();
        if (all.Count > 0)
            Add(field, code, message, all);
    }
}
