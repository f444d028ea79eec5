namespace Dashboard.Contracts;

/// <summary>Answer to a report. A lease that is lost (cancelled, or another worker has it) is answered 409 <c>lease_lost</c> instead.</summary>
/// <param name="LeaseSeconds">Seconds until the lease runs out.</param>
public sealed record ReportAnswer(double LeaseSeconds);
