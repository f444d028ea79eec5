namespace Dashboard.Server;

/// <summary>The terminal that the server was started from: what is said there is in no log.</summary>
internal interface ITerminal
{
    /// <summary>Says something.</summary>
    Task SayAsync(string text);
}
