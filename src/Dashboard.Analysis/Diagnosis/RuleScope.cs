namespace Dashboard.Analysis;

/// <summary>What a rule is asked about, one after the other. <see cref="RuleVocabulary"/> lists the features of each.</summary>
public enum RuleScope
{
    /// <summary>Each curve of a loss, an error, an accuracy or a score.</summary>
    Curve,

    /// <summary>Each training curve with its validation curve.</summary>
    Pair,

    /// <summary>Each layer whose gradients are logged.</summary>
    Layer,

    /// <summary>Each curve that tells a share of dead units.</summary>
    Units,

    /// <summary>Each split whose labels are counted.</summary>
    Split,

    /// <summary>The training split beside each other split.</summary>
    Splits,

    /// <summary>Each scalar curve of any meaning; such a rule names its tags.</summary>
    Scalar,
}
