namespace Dashboard.Torch;

/// <summary>How a random direction is scaled to the weights [Li et al. 2018].</summary>
public enum DirectionScale
{
    /// <summary>Each slice along a parameter's first axis gets the norm of the weights' slice, so that pictures of networks with rescaled layers agree.</summary>
    Filter,

    /// <summary>Each parameter gets the norm of its weights.</summary>
    Layer,

    /// <summary>As drawn.</summary>
    None,
}
