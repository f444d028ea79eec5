namespace Dashboard.Server;

/// <summary>Where the values of the rows of one request come from.</summary>
internal interface IValueSource
{
    /// <summary>A value as a function of a row's number.</summary>
    Func<int, QueryValue> Bind(ValuePath path);

    /// <summary>Whether a row has the value: of a configuration, anything at the path or below it.</summary>
    Func<int, bool> BindHas(ValuePath path);
}
