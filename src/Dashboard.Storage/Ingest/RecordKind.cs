namespace Dashboard.Storage;

/// <summary>What a series holds. The numbers are stored; never renumber.</summary>
public enum RecordKind
{
    /// <summary>Step, wall time and one double.</summary>
    Scalar = 0,
    /// <summary>Bin edges and counts.</summary>
    Histogram = 1,
    /// <summary>A matrix of vectors with metadata columns.</summary>
    Embedding = 2,
    /// <summary>Text, shown as Markdown.</summary>
    Text = 3,
    /// <summary>Labels, scores, losses and ids of samples.</summary>
    Predictions = 4,
    /// <summary>Label counts of one split; the tag is the split's name.</summary>
    Labels = 5,
    /// <summary>A named span of wall time; the tag is its name.</summary>
    Phase = 6,
}
