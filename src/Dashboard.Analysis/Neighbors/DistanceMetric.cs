namespace Dashboard.Analysis;

/// <summary>How far apart two vectors are.</summary>
public enum DistanceMetric
{
    /// <summary>The length of their difference.</summary>
    Euclidean,

    /// <summary>1 − the cosine of the angle between them, from 0 to 2. A zero vector has no direction: it is at distance 1 from all, another zero vector included.</summary>
    Cosine,
}
