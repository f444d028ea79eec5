namespace Dashboard.Client;

/// <summary>How much a <see cref="LossboardNotice"/> matters.</summary>
public enum LossboardNoticeLevel
{
    /// <summary>Good to know: the server is back, a spool was replayed.</summary>
    Information,
    /// <summary>Nothing is lost, but something waits or was set aside.</summary>
    Warning,
    /// <summary>Events were lost.</summary>
    Error,
}
