namespace Dashboard.Tensors;

/// <summary>Element types of tensors in files. The numbers are those of the bridge.</summary>
public enum TensorType
{
    /// <summary>32-bit floating point.</summary>
    Float32 = 0,

    /// <summary>64-bit floating point.</summary>
    Float64 = 1,

    /// <summary>16-bit floating point.</summary>
    Float16 = 2,

    /// <summary>16-bit floating point with the range of 32-bit.</summary>
    BFloat16 = 3,

    /// <summary>64-bit integer.</summary>
    Int64 = 4,

    /// <summary>32-bit integer.</summary>
    Int32 = 5,

    /// <summary>16-bit integer.</summary>
    Int16 = 6,

    /// <summary>8-bit integer.</summary>
    Int8 = 7,

    /// <summary>8-bit integer without sign.</summary>
    UInt8 = 8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,
}
