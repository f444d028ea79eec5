namespace Dashboard.Torch;

/// <summary>How a loss is computed without gradients.</summary>
public enum EvaluationPath
{
    /// <summary>
    /// The quickest: the module's graph with operations joined, and on a plane the first layer from products that all points share. Where the module does not allow it, its own forward.
    /// </summary>
    Fastest,

    /// <summary>Joined operations, and the first layer computed anew at each point.</summary>
    Unfactored,

    /// <summary>The module's own forward.</summary>
    AsWritten,
}
