using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>A job at the stand-in server.</summary>
internal sealed class StandInJob(JobView view)
{
    private readonly List<JobPart> _parts = [];
    private readonly List<JobReport> _reports = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobView View => view;

    /// <summary>File of its vectors.</summary>
    public byte[]? Vectors { get; set; }

    public Lock Gate { get; } = new();

    public long Token { get; set; }

    public bool Waits { get; set; } = true;

    /// <summary>No report and no end counts any more.</summary>
    public bool Lost { get; private set; }

    public JobEnd? End { get; set; }

    public IReadOnlyList<JobPart> Parts
    {
        get
        {
            lock (Gate) return [.. _parts];
        }
    }

    public IReadOnlyList<JobReport> Reports
    {
        get
        {
            lock (Gate) return [.. _reports];
        }
    }

    /// <summary>Everything that was said of it, on the way and at its end.</summary>
    public IEnumerable<string> Said => Reports.SelectMany(report => report.Log ?? []).Concat(End?.Log ?? []).Select(line => line.Message);

    public void Take(JobReport report)
    {
        lock (Gate)
        {
            _reports.Add(report);
            foreach (var part in report.Parts ?? [])
            {
                if (_parts.Any(stored => stored.Stage == part.Stage && stored.Index == part.Index)) continue;
                _parts.Add(part with { Number = _parts.Count + 1 });
            }
        }
        Change();
    }

    public void Finish(JobEnd end)
    {
        lock (Gate)
        {
            End = end;
            if (end.GivenBack == true) Waits = true;
        }
        Change();
    }

    /// <summary>Another worker has it, or a person has cancelled it.</summary>
    public void Cancel()
    {
        Lost = true;
        Change();
    }

    private void Change()
    {
        TaskCompletionSource changed;
        lock (Gate)
        {
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.TrySetResult();
    }

    /// <summary>Waits until something holds of this job.</summary>
    public async Task Until(Func<StandInJob, bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (Gate) changed = _changed.Task;
            if (condition(this)) return;
            // What is waited for will not come.
            if (End is { Error: { } error }) throw new InvalidOperationException($"The job failed: {error}");
            await changed.WaitAsync(cancellation);
        }
    }

    public IReadOnlyList<LandscapeTilePart> Tiles(string stage) =>
        [.. Parts.Where(part => part.Stage == stage).Select(part => part.Data.Deserialize(ContractsJson.Default.LandscapeTilePart)!)];
}
