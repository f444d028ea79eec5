namespace Dashboard.Client;

/// <summary>Hands notices to the caller's callback, whose own failures must not stop the background loops.</summary>
internal sealed class Notifier(Action<LossboardNotice>? callback)
{
    private int _away;

    /// <summary>Said once, whichever lane notices first.</summary>
    public void ServerAway(string why)
    {
        if (Interlocked.Exchange(ref _away, 1) == 0)
            Send(LossboardNoticeLevel.Warning, 4001, $"The server cannot take events ({why}); they are kept on disk until it does.");
    }

    public void ServerBack(int waiting)
    {
        if (Interlocked.Exchange(ref _away, 0) == 1)
            Send(LossboardNoticeLevel.Information, 4002, $"The server takes events again; {waiting} waiting requests are being sent.");
    }

    public void Rejected(string key, int status, string where, string answer) =>
        Send(LossboardNoticeLevel.Warning, 4003, $"The server refused request {key} with status {status}; it was set aside in {where}. Answer: {answer}");

    public void Replaying(int requests) =>
        Send(LossboardNoticeLevel.Information, 4004, $"{requests} requests left by an earlier process are being sent.");

    public void Dropped(long events, string why) =>
        Send(LossboardNoticeLevel.Error, 4005, $"{events} events were dropped: {why}");

    public void BadName(string tag, string problem, int events) =>
        Send(LossboardNoticeLevel.Error, 4006, $"{events} events were dropped: the tag \"{tag}\" {problem}.");

    public void SpoolFailed(Exception error) =>
        Send(LossboardNoticeLevel.Warning, 4007, $"The spool cannot be written ({error.Message}); events are kept in memory as far as they fit.", error);

    public void Unreadable(string file, Exception error) =>
        Send(LossboardNoticeLevel.Error, 4008, $"The spool file {file} cannot be read and was set aside: {error.Message}", error);

    public void NotSent(int requests) =>
        Send(LossboardNoticeLevel.Warning, 4009, $"{requests} requests could not be sent in time; they are on disk and the next run started with this spool folder sends them.");

    public void BadEvent(string what, Exception error) =>
        Send(LossboardNoticeLevel.Error, 4010, $"An event was dropped: {what} ({error.Message}).", error);

    public void TooLate(string tag) =>
        Send(LossboardNoticeLevel.Error, 4012, $"\"{tag}\" was logged after the run was finished and is dropped, as all that follows will be.");

    public void LoopFailed(Exception error) =>
        Send(LossboardNoticeLevel.Error, 4011, $"Unexpected error in the background: {error.Message}", error);

    private void Send(LossboardNoticeLevel level, int id, string message, Exception? error = null)
    {
        try
        {
            if (callback is not null)
                callback(new LossboardNotice(level, id, message, error));
            else if (level != LossboardNoticeLevel.Information)
                Console.Error.WriteLine("lossboard: " + message);
        }
#pragma warning disable CA1031 // Whatever a callback throws, training and sending go on.
        catch (Exception)
#pragma warning restore CA1031
        {
            // There is nobody left to tell.
        }
    }
}
