using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Kinds of series as they are named on the wire.</summary>
internal static class RecordKinds
{
    public static string Name(RecordKind kind) => kind switch
    {
        RecordKind.Scalar => "scalar",
        RecordKind.Histogram => "histogram",
        RecordKind.Embedding => "embedding",
        RecordKind.Text => "text",
        RecordKind.Predictions => "predictions",
        RecordKind.Labels => "labels",
        RecordKind.Phase => "phase",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
    /// <summary>The kind of a name, or null.</summary>
    public static RecordKind? Kind(string name)
    {
        foreach (var kind in Enum.GetValues<RecordKind>())
        {
            if (Name(kind) == name)
                return kind;
        }
        return null;
    }
}
