namespace Dashboard.Server;

/// <summary>A command was not called as its usage says.</summary>
internal sealed class CommandException(string message) : Exception(message);
