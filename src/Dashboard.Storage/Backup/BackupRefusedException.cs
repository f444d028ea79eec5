namespace Dashboard.Storage;

/// <summary>A backup or restore cannot be made as it was asked for; the message says why and what to do.</summary>
public sealed class BackupRefusedException(string message, Exception? inner = null) : StoreException(message, inner);
