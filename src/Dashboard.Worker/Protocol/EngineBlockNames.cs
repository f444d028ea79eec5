namespace Dashboard.Worker;

/// <summary>What an <see cref="EngineBlock"/> has.</summary>
internal static class EngineBlockNames
{
    /// <summary>Coordinates of a projection.</summary>
    public const string Coordinates = "coordinates";
    /// <summary>For each vector the share of its neighbours that the picture keeps.</summary>
    public const string Preservation = "preservation";
    /// <summary>Features that the engine has computed itself.</summary>
    public const string Vectors = "vectors";
}
