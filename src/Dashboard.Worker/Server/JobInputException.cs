namespace Dashboard.Worker;

/// <summary>A job cannot be computed because of what it names; the message names the field.</summary>
internal sealed class JobInputException(string message) : Exception(message);
