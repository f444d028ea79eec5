namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/runs/{run_id}/process</c>: how a run spent its time, how fast it is, what its learning rate does.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status"><c>running</c>, <c>finished</c> or <c>failed</c>, as its job said last.</param>
/// <param name="Started">Wall time of the first thing that was logged.</param>
/// <param name="Heard">Wall time of the last.</param>
/// <param name="Phases">Time by phase.</param>
/// <param name="Throughput">Steps a second; null where no curve tells.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Schedules">One a learning rate that was logged.</param>
/// <param name="Plan">What the configuration says that the learning rate will do.</param>
/// <param name="Losses">Losses that were logged with their terms.</param>
/// <param name="System">Measures of the machine.</param>
public sealed record ProcessView(
    string RunId, string Status, double Started, double Heard, PhaseTotalsView Phases, ThroughputView? Throughput, ProgressView Progress,
    IReadOnlyList<ScheduleView> Schedules, SchedulePlanView Plan, IReadOnlyList<LossTermsView> Losses, IReadOnlyList<SystemMeasureView> System);
