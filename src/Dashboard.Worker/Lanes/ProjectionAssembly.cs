using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Puts a projection together from what its engine says, which is checked before it goes further.</summary>
/// <param name="features">Takes vectors that the engine computes itself; null where it computes none.</param>
internal sealed class ProjectionAssembly(FeatureFile? features) : IPartAssembly
{
    // More than the server takes as a result.
    private const long MostBytes = 512L << 20;

    private readonly RowsAssembly _coordinates = new(EngineBlockNames.Coordinates, 3, MostBytes);
    private readonly RowsAssembly _preservation = new(EngineBlockNames.Preservation, 1, MostBytes);
    private bool _preserves;
    private long _frameBytes;

    /// <summary>Takes a picture on the way.</summary>
    /// <returns>The part, of which nothing is left that was not understood.</returns>
    /// <exception cref="InvalidDataException">It is none, or there are too many.</exception>
    public JobPart Add(JobPart part)
    {
        if (part.Stage != ProjectionStageNames.Frame || part.Index < 0) throw Bad($"there is no part '{part.Stage}' {part.Index}");
        ProjectionFramePart? frame;
        try
        {
            frame = part.Data.Deserialize(ContractsJson.Default.ProjectionFramePart);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A picture on the way cannot be read: {e.Message}", e);
        }
        if (frame is null || frame.Rows < 1 || frame.Low.Count is not (2 or 3) || frame.High.Count != frame.Low.Count || !frame.Low.Concat(frame.High).All(float.IsFinite)) throw Bad("a picture has no extent");
        if (frame.Packed.Length != FramePlan.BytesOf(frame.Rows, frame.Low.Count) || !frame.Packed.All(IsBase64)) throw Bad("a picture has other points than it says");
        _frameBytes += frame.Packed.Length;
        if (_frameBytes > FramePlan.MostBytes) throw Bad("its pictures are too many");
        return part with { Data = JsonSerializer.SerializeToElement(frame, ContractsJson.Default.ProjectionFramePart) };
    }

    /// <summary>Takes rows.</summary>
    /// <exception cref="InvalidDataException">They do not belong to this projection.</exception>
    public void Take(EngineBlock block)
    {
        switch (block.Name)
        {
            case EngineBlockNames.Coordinates:
                _coordinates.Add(block);
                break;
            case EngineBlockNames.Preservation:
                _preserves = true;
                _preservation.Add(block);
                break;
            case EngineBlockNames.Vectors when features is not null:
                features.Add(block);
                break;
            default:
                throw Bad($"nobody asked for '{block.Name}'");
        }
    }

    /// <summary>The whole.</summary>
    /// <param name="said">What the engine said at its end.</param>
    /// <param name="vectors">Where the vectors are that it has computed; null for none.</param>
    /// <exception cref="InvalidDataException">Something is missing.</exception>
    public JsonElement Result(JsonElement said, TensorReference? vectors)
    {
        var view = said.Deserialize(ContractsJson.Default.ProjectionView) ?? throw Bad("its end is empty");
        var coordinates = _coordinates.Whole(view.Rows);
        if (_coordinates.Columns < 2) throw Bad("it has one dimension");
        view = view with
        {
            Coordinates = [.. coordinates.Chunk(_coordinates.Columns)],
            PointPreservation = _preserves ? _preservation.Whole(view.Rows) : null,
            Vectors = vectors,
        };
        return JsonSerializer.SerializeToElement(view, ContractsJson.Default.ProjectionView);
    }

    private static bool IsBase64(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '=';

    private static InvalidDataException Bad(string what) => new($"The engine's projection makes no sense: {what}.");
}
