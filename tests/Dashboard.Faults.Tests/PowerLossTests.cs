using System.Globalization;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>The power goes, at any moment of a server's life: what had been answered by then is there when it returns.</summary>
[Trait("Category", "Slow")]
public sealed class PowerLossTests(RecordedLoadFixture recorded, ITestOutputHelper output) : IClassFixture<RecordedLoadFixture>
{
    private const int LyingMoments = 8;
    private static readonly int Moments = LongForm.Of(@short: 100, @long: 1000);

    [Fact]
    public async Task PowerLoss_AtAnyMoment_KeepsWhatWasAcknowledgedAndNothingHalf()
    {
        var (load, check) = (recorded.Load, recorded.Check);
        var (acknowledged, unacknowledged) = (check.Acknowledged, check.Unacknowledged);

        var faults = await check.RunAsync(load.Records, Moments, seed: 20261125);

        (acknowledged, unacknowledged) = (check.Acknowledged - acknowledged, check.Unacknowledged - unacknowledged);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{load.Records.Count} records ({load.Records.Count(r => r.Call == 'W')} writes, {load.Records.Count(r => r.Call is 'S' or 'D')} syncs), {load.Answers.Count} answers; power lost {Moments} times: {acknowledged} acknowledged batches, runs and artifacts looked for, {faults.Count} times one was lost, half or doubled; {unacknowledged} times more was found than acknowledged."));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        // The moments were ones at which something was at stake.
        Assert.True(acknowledged > Moments && unacknowledged > 0);
    }

    // A check that finds nothing wrong here would find nothing wrong anywhere.
    [Theory]
    [InlineData('S')]
    [InlineData('D')]
    public async Task PowerLoss_OfADiskThatOnlyPretendsToSync_IsNoticed(char call)
    {
        List<DiskRecord> lying = [.. recorded.Load.Records.Select(record => record.Call == call ? record with { Call = 'N' } : record)];

        Assert.NotEmpty(await recorded.Check.RunAsync(lying, LyingMoments, seed: call));
    }
}
