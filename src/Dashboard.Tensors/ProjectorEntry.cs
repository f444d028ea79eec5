namespace Dashboard.Tensors;

/// <summary>One embedding of a projector folder. Paths are as the file has them, relative to it.</summary>
public sealed record ProjectorEntry
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Dimensions, where the file says them; needed for raw bytes.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>File with the numbers: text, npy, or raw float32.</summary>
    public string? TensorPath { get; init; }

    /// <summary>File with metadata, or null.</summary>
    public string? MetadataPath { get; init; }

    /// <summary>Picture with the thumbnails, or null.</summary>
    public string? SpritePath { get; init; }

    /// <summary>Width and height of a thumbnail.</summary>
    public IReadOnlyList<long> ThumbnailSize { get; init; } = [];
}
