namespace Dashboard.Contracts;

/// <summary>How a test message went.</summary>
/// <param name="Delivered">Whether the receiver took it.</param>
/// <param name="Detail">What the receiver answered, or why there was no answer.</param>
public sealed record TestAlertAnswer(bool Delivered, string Detail);
