namespace Dashboard.Client;

/// <summary>What became of one try.</summary>
/// <param name="Outcome">Stored, refused for good, or to be tried again.</param>
/// <param name="Status">HTTP status; zero where no answer came.</param>
/// <param name="Text">The answer's text, or why there was none.</param>
/// <param name="RetryAfter">Pause the server asked for.</param>
/// <param name="Denied">Whether a person has to act before another try can succeed: the key is missing, wrong or lacks the right.</param>
internal readonly record struct SendResult(SendOutcome Outcome, int Status, string Text, TimeSpan? RetryAfter = null, bool Denied = false);
