namespace Dashboard.Server;

/// <summary>How two values are compared.</summary>
internal enum QueryOperator
{
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}
