namespace Dashboard.Contracts;

/// <summary>Names a tensor of a file. One of more than two dimensions is taken as rows of all the rest; one of a single dimension as a column.</summary>
public sealed record TensorReference
{
    /// <summary>Run that has the file.</summary>
    public string? RunId { get; init; }
    /// <summary>Name of the artifact within the run.</summary>
    public string? Name { get; init; }
    /// <summary>Id of a version; the server fills it in when a job is posted.</summary>
    public string? Id { get; init; }
    /// <summary>Name of the tensor; null where the file has but one, or one of two dimensions named <c>vectors</c> or <c>coordinates</c>.</summary>
    public string? Tensor { get; init; }
}
