namespace Dashboard.Benchmarks;

/// <summary>What a load reached.</summary>
/// <param name="Points">Points acknowledged.</param>
/// <param name="Requests">Requests acknowledged.</param>
/// <param name="Seconds">Time from the first request to the last answer.</param>
/// <param name="Busy">Answers of 429 and 503, whose requests were sent again.</param>
/// <param name="ServerCpu">Server's CPU seconds meanwhile.</param>
/// <param name="GeneratorCpu">This process's CPU seconds meanwhile.</param>
/// <param name="OtherCpu">CPU seconds that all other processes of the machine took meanwhile: more than a trifle, and the figures are not to be trusted.</param>
/// <param name="Latencies">Milliseconds of each request.</param>
internal sealed record LoadResult(long Points, long Requests, double Seconds, long Busy, double ServerCpu, double GeneratorCpu, double OtherCpu, IReadOnlyList<double> Latencies)
{
    public double Rate => Points / Seconds;

    public override string ToString() =>
        $"{Figure.Text(Requests)} requests in {Figure.Text(Seconds)} s, server {Figure.Text(ServerCpu / Seconds)} cores, generator {Figure.Text(GeneratorCpu / Seconds)}, others {Figure.Text(OtherCpu / Seconds)} cores; {Figure.Text(Points / ServerCpu)} points a CPU second of the server"
        + (Busy > 0 ? $", {Busy} answers of 429 or 503" : "");
}
