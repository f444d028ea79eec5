using System.Text.Json;

namespace Dashboard.Faults.Tests;

/// <summary>
/// Follows one series as a browser does: takes a group of frames whole or not at all, resumes after the last whole one, and reads the series anew where
/// it is told to.
/// </summary>
internal sealed class LiveFollower(string project, string run, string tag)
{
    private readonly Dictionary<long, double> _points = [];
    private readonly Lock _gate = new();
    private long _after;
    private bool _exact = true;
    private volatile bool _betweenGroups = true;

    /// <summary>Values by step.</summary>
    public Dictionary<long, double> Points
    {
        get
        {
            lock (_gate)
                return new Dictionary<long, double>(_points);
        }
    }

    public int Resets { get; private set; }

    /// <summary>Points that came over the stream.</summary>
    public int Streamed { get; private set; }

    /// <summary>Points that came twice although no reset explains it.</summary>
    public int Doubled { get; private set; }

    /// <summary>Whether the last frame ended its group, so that nothing of it would come again.</summary>
    public bool IsBetweenGroups => _betweenGroups;

    /// <summary>Follows until the connection ends.</summary>
    public async Task FollowAsync(ServerProcess server)
    {
        await using var live = await LiveSocket.ConnectAsync(server.Address);
        await live.SubscribeAsync(new { project, tags = new[] { tag }, after_seq = _after });
        // A snapshot may be newer than the place the stream goes on from: only then may a point come again.
        _exact = true;
        var group = new List<JsonElement>();
        while (await live.NextAsync(CancellationToken.None) is { } frame)
        {
            group.Add(frame);
            _betweenGroups = false;
            if (frame.TryGetProperty("more", out _))
                continue;
            if (frame.TryGetProperty("reset", out _))
            {
                Resets++;
                _exact = false;
                try
                {
                    await RefetchAsync(server);
                }
                catch (HttpRequestException)
                {
                    // The server went again before it could be read: not a place to resume from.
                    return;
                }
            }
            group.ForEach(Take);
            group.Clear();
            _after = frame.GetProperty("seq").GetInt64();
            _betweenGroups = true;
        }
    }

    private void Take(JsonElement frame)
    {
        if (!frame.TryGetProperty("steps", out var steps))
            return;
        var values = frame.GetProperty("values");
        lock (_gate)
        {
            for (var i = 0; i < steps.GetArrayLength(); i++)
            {
                Streamed++;
                if (!_points.TryAdd(steps[i].GetInt64(), values[i].GetDouble()) && _exact)
                    Doubled++;
            }
        }
    }

    private async Task RefetchAsync(ServerProcess server)
    {
        if (!(await RunReader.RunsAsync(server.Http, project)).TryGetValue(run, out var runId))
            return;
        var points = await RunReader.ScalarsAsync(server.Http, runId, tag);
        lock (_gate)
        {
            _points.Clear();
            foreach (var point in points)
                _points.Add(point.Step, point.Value);
        }
    }
}
