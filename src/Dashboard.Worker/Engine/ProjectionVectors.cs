using Dashboard.Analysis;
using Dashboard.Tensors;

namespace Dashboard.Worker;

/// <summary>What a projection is computed from: vectors in a file, which is mapped and never copied, or features, which are computed first.</summary>
internal sealed class ProjectionVectors : IDisposable
{
    private const string VectorsName = "vectors";
    private const string CoordinatesName = "coordinates";

    private readonly MappedVectors? _mapped;

    private ProjectionVectors(IVectorRows? rows, VectorTable? given, MappedVectors? mapped = null) => (Rows, Given, _mapped) = (rows, given, mapped);

    /// <summary>The vectors; null where coordinates were given without any.</summary>
    public IVectorRows? Rows { get; }

    /// <summary>Coordinates that were computed elsewhere; null where there are none.</summary>
    public VectorTable? Given { get; }

    /// <summary>Opens the file that the server has made.</summary>
    /// <exception cref="TensorFileException">It is none, or has neither vectors nor coordinates.</exception>
    public static ProjectionVectors Open(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var given = file.Tensors.TryGetValue(CoordinatesName, out var coordinates) ? Read(path, coordinates) : null;
        if (!file.Tensors.TryGetValue(VectorsName, out var vectors))
            return given is null ? throw new TensorFileException($"There are no vectors: the file has neither '{VectorsName}' nor '{CoordinatesName}'.") : new ProjectionVectors(null, given);
        var mapped = MappedVectors.Open(path, vectors, VectorsName);
        return new ProjectionVectors(mapped, given, mapped);
    }

    /// <summary>Takes features that are in memory.</summary>
    public static ProjectionVectors Of(VectorTable features) => new(features, null);

    public void Dispose() => _mapped?.Dispose();

    private static VectorTable Read(string path, TensorEntry entry)
    {
        using var mapped = MappedVectors.Open(path, entry, CoordinatesName);
        return VectorTable.Of(mapped);
    }
}
