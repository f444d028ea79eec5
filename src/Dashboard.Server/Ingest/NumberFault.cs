namespace Dashboard.Server;

/// <summary>Why a JSON value is not the number asked for.</summary>
internal enum NumberFault
{
    None,
    WrongType,
    OutOfRange,
    NotInteger,
}
