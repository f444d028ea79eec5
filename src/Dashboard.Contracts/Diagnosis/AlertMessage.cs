namespace Dashboard.Contracts;

/// <summary>Body of a message to a webhook.</summary>
/// <param name="Id">Its id; the same in every try.</param>
/// <param name="Kind"><c>diagnosis</c>, or <c>test</c>.</param>
/// <param name="Text">All of it as text; chats that take <c>text</c> show it as it is.</param>
/// <param name="Project">The project.</param>
/// <param name="RunId">The run; empty in a test.</param>
/// <param name="Run">The run's name.</param>
/// <param name="Created">When the message was made, seconds since the Unix epoch.</param>
/// <param name="Findings">What was found, the gravest first.</param>
public sealed record AlertMessage(
    string Id, string Kind, string Text, string Project, string RunId, string Run, double Created, IReadOnlyList<AlertFinding> Findings);
