namespace Dashboard.Contracts;

/// <summary>Entries of the audit log.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Before">Pass it as <c>before</c> for older ones; null where there are none.</param>
public sealed record AuditView(IReadOnlyList<AuditEntryView> Items, long? Before);
