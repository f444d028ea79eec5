using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Writes the counters of every part in Prometheus' text format.</summary>
internal sealed class MetricsText(IStorageHealth storage, IngestCounters ingest, BodyBudget bodies, LiveCounters live, RequestCounters requests, JobBoard jobs, WorkerRegistry workers,
    BackupStatus backups)
{
    private const string Prefix = "lossboard_";

    public string Write()
    {
        var text = new StringBuilder();
        WriteProcess(text);
        Line(text, Prefix + "storage_ready", "gauge", storage.State == StorageState.Ready ? 1 : 0);
        foreach (var (name, value) in storage.Read().OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Line(text, $"{Prefix}storage_{name}", TypeOf(name), value);
        foreach (var (name, value) in ingest.Read())
            Line(text, $"{Prefix}ingest_{name}", TypeOf(name), value);
        Line(text, Prefix + "request_body_bytes", "gauge", bodies.Held);
        Line(text, Prefix + "live_subscriptions", "gauge", live.Subscriptions);
        foreach (var (name, value) in live.Read())
            Line(text, $"{Prefix}live_{name}", TypeOf(name), value);
        Line(text, Prefix + "jobs_running", "gauge", jobs.ByWorker.Sum(held => held.Count()));
        Line(text, Prefix + "workers", "gauge", workers.List(jobs.ByWorker).Count);
        foreach (var (name, value) in backups.Read())
            Line(text, $"{Prefix}backup_{name}", TypeOf(name), value);
        Line(text, Prefix + "http_requests_in_flight", "gauge", requests.InFlight);
        text.Append("# TYPE ").Append(Prefix).Append("http_requests_total counter\n");
        foreach (var (method, status, count) in requests.Read())
            text.Append(CultureInfo.InvariantCulture, $"{Prefix}http_requests_total{{method=\"{method}\",status=\"{status}\"}} {count}\n");
        return text.ToString();
    }

    private static void WriteProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        Line(text, "process_cpu_seconds_total", "counter", process.TotalProcessorTime.TotalSeconds);
        Line(text, "process_resident_memory_bytes", "gauge", process.WorkingSet64);
        Line(text, "process_start_time_seconds", "gauge", new DateTimeOffset(process.StartTime).Seconds());
        Line(text, "process_threads", "gauge", process.Threads.Count);
        Line(text, "dotnet_gc_heap_bytes", "gauge", GC.GetTotalMemory(false));
        Line(text, "dotnet_gc_collections_total", "counter", GC.CollectionCount(0));
        Line(text, "dotnet_gc_pause_seconds_total", "counter", GC.GetTotalPauseDuration().TotalSeconds);
    }

    private static string TypeOf(string name) => name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge";

    private static void Line(StringBuilder text, string name, string type, double value) =>
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n').Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
