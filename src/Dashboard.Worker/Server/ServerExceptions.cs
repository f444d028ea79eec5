namespace Dashboard.Worker;

/// <summary>The lease is over: whatever this worker computes no longer counts.</summary>
internal sealed class LeaseLostException() : Exception("The lease is lost.");

/// <summary>The server cannot be reached, or says that it cannot answer now: trying again helps.</summary>
internal sealed class ServerAwayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The server refuses: trying the same again does not help.</summary>
internal sealed class ServerRefusedException(int status, string message) : Exception(message)
{
    /// <summary>Status code of the answer.</summary>
    public int Status => status;
}
