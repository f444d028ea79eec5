namespace Dashboard.Client;

/// <summary>Empties one lane, one request at a time, for as long as the run lives.</summary>
internal sealed class Sender(Lane lane, Transport transport, SpoolFolder spool, LossboardOptions options, Notifier notifier)
{
    /// <summary>A server's Retry-After is believed up to this.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    /// <summary>The first and the longest pause where a person has to act: there is no hurry, and nobody is to be hammered by a forgotten job.</summary>
    private static readonly TimeSpan FirstDenied = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDenied = TimeSpan.FromMinutes(10);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var failures = 0;
        var away = false;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var request = await lane.HeadAsync(cancellation);
                var result = await TryAsync(request, cancellation);
                if (result.Outcome == SendOutcome.Retry)
                {
                    failures++;
                    // One failure may be a hiccup and is not worth a flush to the disk.
                    if (!away && (failures >= 2 || result.Denied))
                    {
                        away = true;
                        notifier.ServerAway(result.Text);
                        lane.SetAway(true);
                    }

                    await Task.Delay(Pause(failures, result.RetryAfter ?? (result.Denied ? DeniedPause(failures) : null)), options.Time, cancellation);
                    continue;
                }

                if (away)
                {
                    away = false;
                    lane.SetAway(false);
                    notifier.ServerBack(lane.Count - 1);
                }

                failures = 0;
                if (result.Outcome == SendOutcome.Rejected)
                    SetAside(request, result);
                lane.Complete(request);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives whatever a single request does.
            catch (Exception e)
#pragma warning restore CA1031
            {
                notifier.LoopFailed(e);
                failures++;
                await Task.Delay(options.LongestBackoff, options.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>The pause before the next try: doubled for each failure, between half and all of it at random so that many clients do not return together.</summary>
    internal TimeSpan Pause(int failures, TimeSpan? retryAfter)
    {
        var full = Math.Min(options.LongestBackoff.TotalSeconds, options.FirstBackoff.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30)));
        var pause = TimeSpan.FromSeconds(full * (0.5 + 0.5 * options.Jitter()));
        if (retryAfter is not { } asked || asked <= TimeSpan.Zero)
            return pause;
        // Never before the time the server named; a little after it, again at random.
        asked = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        return asked + TimeSpan.FromSeconds(Math.Min(1, asked.TotalSeconds * 0.1) * options.Jitter());
    }

    private static TimeSpan DeniedPause(int failures)
    {
        var pause = FirstDenied * Math.Pow(2, Math.Min(failures - 1, 10));
        return pause < LongestDenied ? pause : LongestDenied;
    }

    private async Task<SendResult> TryAsync(OutgoingRequest request, CancellationToken cancellation)
    {
        try
        {
            return await transport.SendAsync(request, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            notifier.Unreadable(request.File ?? request.Header.Key, e);
            return new SendResult(SendOutcome.Rejected, 0, "the spool file cannot be read: " + e.Message);
        }
        catch (IOException e)
        {
            return new SendResult(SendOutcome.Retry, 0, e.Message);
        }
    }

    private void SetAside(OutgoingRequest request, SendResult result)
    {
        var where = "";
        try
        {
            where = Path.Combine(spool.RejectedFolder(), request.Header.Key + SpoolFile.Extension);
            if (request.Body is { } body)
                SpoolFile.Write(where, request.Header, body);
            else if (File.Exists(request.File))
                File.Copy(request.File, where, overwrite: true);
            File.WriteAllText(where + ".answer.txt", $"{result.Status}\n{result.Text}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notifier.SpoolFailed(e);
            notifier.Dropped(request.Header.Count, "the server refused them and they could not be set aside.");
        }

        notifier.Rejected(request.Header.Key, result.Status, where, result.Text.Length > 500 ? result.Text[..500] + "…" : result.Text);
    }
}
