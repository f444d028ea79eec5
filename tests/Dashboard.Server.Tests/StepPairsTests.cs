namespace Dashboard.Server.Tests;

public sealed class StepPairsTests
{
    [Fact]
    public void Of_RisingSteps_PairsThoseThatBothHave() =>
        Check([0, 1, 2, 5, 9], [1, 3, 5, 9, 10], (1, 0), (3, 2), (4, 3));

    [Fact]
    public void Of_RestartedJob_PairsTheLastOfEachStep()
    {
        // Both went back from step 3 to 1; y logged step 2 in its first segment only.
        Check([0, 1, 2, 3, 1, 2, 3], [0, 1, 2, 3, 1, 3], (0, 0), (4, 4), (5, 2), (6, 5));
    }

    [Fact]
    public void Of_RestartThatHasNotCaughtUp_KeepsTheOrderLogged() =>
        Check([0, 1, 2, 3, 1], [0, 1, 2, 3], (0, 0), (2, 2), (3, 3), (4, 1));

    [Fact]
    public void Of_NothingInCommon_IsEmpty()
    {
        Check([1, 3], [0, 2, 4]);
        Check([], [1]);
    }

    [Fact]
    public void Of_AnyLogs_AgreesWithLookingUpEachStep()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            long[] first = Log(random), second = Log(random);
            var expected = first.Select((step, at) => (step, at)).GroupBy(one => one.step).Select(same => same.Last().at).Order()
                .Where(at => second.Contains(first[at])).Select(at => (at, Array.LastIndexOf(second, first[at]))).ToArray();

            Check(first, second, expected);
        }
    }

    private static long[] Log(Random random) => [.. Enumerable.Range(0, random.Next(40)).Select(_ => (long)random.Next(20))];

    private static void Check(long[] first, long[] second, params (int, int)[] expected)
    {
        var (left, right) = StepPairs.Of(first, second);
        Assert.Equal(expected, left.Zip(right));
    }
}
