using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>One way that a message goes.</summary>
internal interface IAlertChannel
{
    /// <summary>Its name as it is stored.</summary>
    string Name { get; }

    /// <summary>Sends a message once. Never throws for what the receiver does.</summary>
    /// <param name="message">What is told.</param>
    /// <param name="rules">Where it goes.</param>
    /// <param name="cancellation">Ends the try; it then throws.</param>
    Task<AlertResult> SendAsync(AlertMessage message, AlertRules rules, CancellationToken cancellation);
}
