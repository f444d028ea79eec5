namespace Dashboard.Analysis;

/// <summary>What is known of one sample over the steps it was in.</summary>
public struct SampleFacts
{
    /// <summary>True class, as logged last; −1 where samples have targets.</summary>
    public int Label { readonly get; internal set; }
    /// <summary>Class that the model gave it last; −1 where no score was a number.</summary>
    public int Predicted { readonly get; internal set; }
    /// <summary>Its row in the step it was in last.</summary>
    public int Position { readonly get; internal set; }
    /// <summary>The step it was in last.</summary>
    public long LastStep { readonly get; internal set; }
    /// <summary>Steps it was in.</summary>
    public int Seen { readonly get; internal set; }
    /// <summary>Steps at which it was right.</summary>
    public int Correct { readonly get; internal set; }
    /// <summary>Forgetting events: right at one step and wrong at the next [Toneva et al. 2019].</summary>
    public int Forgotten { readonly get; internal set; }
    /// <summary>The step at which it was first right; only where <see cref="Correct"/> is above 0.</summary>
    public long LearnedAt { readonly get; internal set; }
    /// <summary>Loss of the last step; NaN where there is none or it was none.</summary>
    public double Loss { readonly get; internal set; }
    /// <summary>Sum of the finite losses.</summary>
    public double LossSum { readonly get; internal set; }
    /// <summary>How many were finite.</summary>
    public int Losses { readonly get; internal set; }
    /// <summary>Losses that were NaN or infinite.</summary>
    public int NonFinite { readonly get; internal set; }
    /// <summary>Sum of the margins (<see cref="SampleScores.Margin"/>).</summary>
    public double MarginSum { readonly get; internal set; }
    /// <summary>Margins summed.</summary>
    public int Margins { readonly get; internal set; }
    /// <summary>The class that it likely belongs to instead, by <see cref="ConfidentLearning"/> over the last step; −1 where nothing speaks against its label.</summary>
    public int Suggested { readonly get; internal set; }
    /// <summary>Margin at the last step, where the scores were probabilities; else NaN.</summary>
    public double Confidence { readonly get; internal set; }

    /// <summary>Mean of the finite losses; NaN where there is none.</summary>
    public readonly double MeanLoss => Losses == 0 ? double.NaN : LossSum / Losses;

    /// <summary>Area under the margin, as its mean over steps [Pleiss et al. 2020]: low where the label disagrees with what samples like it taught. NaN where there is none.</summary>
    public readonly double AreaUnderMargin => Margins == 0 ? double.NaN : MarginSum / Margins;

    /// <summary>Whether it was seen with a prediction and never right.</summary>
    public readonly bool NeverLearned => Label >= 0 && Seen > 0 && Correct == 0;
}
