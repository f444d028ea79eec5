namespace Dashboard.Analysis.Tests;

public sealed class ProjectionTrackTests
{
    private static readonly ProjectionPlan Plan = ProjectionPlan.Of(10_000, 100, new ProjectionSettings { Method = ProjectionMethod.Umap });

    [Fact]
    public void Report_HalfOfAStage_TellsTheTimeLeftByItsPace()
    {
        var (clock, told) = (new Clock(), new Teller());
        var track = new ProjectionTrack(Plan, told, clock);
        var costs = Plan.Stages().Select(stage => stage.Cost).ToList();

        track.Begin(ProjectionStages.Reading);
        track.Begin(ProjectionStages.Neighbors);
        clock.Seconds = 10;
        track.Report(0.5);

        // Ten seconds for half a stage: twenty for all of it, and the rest in proportion to what it was expected to cost.
        var left = costs.Sum() - costs[0] - costs[1] / 2;
        Assert.Equal(20 / costs[1] * left, told.Last.SecondsLeft!.Value, 1e-6);
        Assert.Equal(1 - left / costs.Sum(), told.Last.Share, 1e-9);
    }

    [Fact]
    public void Report_TooEarlyToKnow_TellsNoTime()
    {
        var (clock, told) = (new Clock(), new Teller());
        var track = new ProjectionTrack(Plan, told, clock);

        track.Begin(ProjectionStages.Reading);
        clock.Seconds = 0.1;
        track.Report(0.5);

        Assert.Null(told.Last.SecondsLeft);
        track.End();
        Assert.Equal(new ProjectionProgress(ProjectionStages.Reading, 1, 0), told.Last);
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }

    private sealed class Teller : IProjectionObserver
    {
        public ProjectionProgress Last { get; private set; } = new("", 0, null);

        public void Advance(ProjectionProgress progress) => Last = progress;

        public bool Wants(int iteration, int iterations) => false;

        public void Show(int iteration, int iterations, VectorTable coordinates)
        {
        }
    }
}
