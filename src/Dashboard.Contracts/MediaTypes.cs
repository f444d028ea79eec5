namespace Dashboard.Contracts;

/// <summary>Media types of the HTTP interface.</summary>
public static class MediaTypes
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";
    /// <summary>Problem details (RFC 9457): every answer outside 2xx and 3xx.</summary>
    public const string Problem = "application/problem+json";
    /// <summary>Scalar points going in, packed little-endian.</summary>
    public const string Scalars = "application/vnd.lossboard.scalars";
    /// <summary>Scalar series coming out, packed little-endian.</summary>
    public const string Columns = "application/vnd.lossboard.columns";
    /// <summary>Tensors: a safetensors file.</summary>
    public const string Tensors = "application/vnd.lossboard.tensors";
    /// <summary>A project as an archive.</summary>
    public const string Zip = "application/zip";
    /// <summary>Comma-separated values.</summary>
    public const string Csv = "text/csv";
}
