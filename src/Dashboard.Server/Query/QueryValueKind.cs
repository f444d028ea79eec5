namespace Dashboard.Server;

/// <summary>What a value of a run is.</summary>
internal enum QueryValueKind
{
    Absent,
    Number,
    Text,
    Boolean,
    List,
}
