namespace Dashboard.Analysis.Tests;

public sealed class SampleHistoryTests
{
    // Losses are kept in single precision.
    private const double Single = 1e-6;

    private static SampleStep Step(long step, long[] labels, double[] ofClassOne, string[]? ids = null, double[]? losses = null) =>
        new(step, labels, 2, [.. ofClassOne.SelectMany(p => new[] { 1 - p, p })], losses, ids);

    [Fact]
    public void Samples_RightAndThenWrong_AreForgotten()
    {
        var history = new SampleHistory();
        // The first learns at step 2 and forgets twice, the second never errs, the third is never right.
        double[][] of = [[.2, .9, .6], [.7, .9, .8], [.4, .8, .9], [.6, .9, .7], [.3, .7, .6]];
        for (var at = 0; at < of.Length; at++)
            history.Add(Step(at + 1, [1, 1, 0], of[at]));

        var facts = history.Facts;
        Assert.Equal((2, 2, 2L), (facts[0].Forgotten, facts[0].Correct, facts[0].LearnedAt));
        Assert.Equal((0, 5, 1L), (facts[1].Forgotten, facts[1].Correct, facts[1].LearnedAt));
        Assert.Equal((0, 0, true), (facts[2].Forgotten, facts[2].Correct, facts[2].NeverLearned));
        Assert.Equal([0], SampleRanking.Order(history, SampleSort.Forgotten, null));
        Assert.Equal([2], SampleRanking.Order(history, SampleSort.NeverLearned, null));
    }

    [Fact]
    public void Losses_NotLogged_AreTheCrossEntropyOfProbabilities()
    {
        var history = new SampleHistory();
        history.Add(Step(0, [1, 0], [.8, .8]));
        history.Add(new SampleStep(1, [1, 0], 2, [-3, 5, 2, 1], null, null));
        history.Add(Step(2, [1, 0], [.8, 1], losses: [7, 8]));
        history.Add(Step(3, [0, 1], [1, 0]));

        Assert.Equal([SampleLossSource.CrossEntropy, SampleLossSource.None, SampleLossSource.Logged, SampleLossSource.CrossEntropy], history.Sources);
        Assert.Equal(-Math.Log(.8), history.LossAt(0, 0), Single);
        Assert.Equal(-Math.Log(.2), history.LossAt(0, 1), Single);
        Assert.True(double.IsNaN(history.LossAt(1, 0)));
        Assert.Equal(7, history.LossAt(2, 0));
        // A probability of nothing is held above 1e-12, so that the loss is finite.
        Assert.Equal(-Math.Log(1e-12), history.LossAt(3, 0), Single * 30);
        // Predictions and margins need no probabilities.
        Assert.Equal(1, history.PredictedAt(1, 0));
        Assert.Equal(2, history.Relabelled);
    }

    [Fact]
    public void Samples_WithIds_AreTheSameInAnyOrder()
    {
        var history = new SampleHistory();
        history.Add(Step(0, [0, 1], [.1, .9], ["a", "b"]));
        history.Add(Step(5, [1, 0, 1, 0], [.8, .3, .5, .9], ["b", "a", "c", "a"]));

        Assert.Equal(3, history.Samples);
        Assert.Equal(["a", "b", "c"], Enumerable.Range(0, 3).Select(history.Id));
        Assert.Equal(-Math.Log(.8), history.LossAt(1, 1), Single);
        Assert.Equal(SampleHistory.Absent, history.PredictedAt(0, 2));
        // An id that stands twice counts once, as it stands first.
        Assert.Equal(1, history.Repeated);
        Assert.Equal(-Math.Log(.7), history.LossAt(1, 0), Single);
        Assert.Equal((0, 5L, 1, 2), (history.Facts[1].Position, history.Facts[1].LastStep, history.Facts[0].Position, history.Facts[0].Seen));
        Assert.Throws<ArgumentException>(() => history.Add(Step(5, [0], [.5])));
    }

    [Fact]
    public void Losses_ThatAreNoNumber_ComeFirstAmongTheHardest()
    {
        var history = new SampleHistory();
        history.Add(Step(0, [0, 0, 0, 0], [.1, .2, .3, .4], losses: [1, double.NaN, 3, double.PositiveInfinity]));

        Assert.Equal([1, 3, 2, 0], SampleRanking.Order(history, SampleSort.Hardest, null));
        Assert.Equal((1, 0), (history.Facts[1].NonFinite, history.Facts[1].Losses));
        Assert.True(double.IsNaN(history.Facts[1].MeanLoss));
    }

    [Fact]
    public void Samples_OfARegression_HaveTheSquaredErrorAndNoClass()
    {
        var history = new SampleHistory();
        history.Add(new SampleStep(0, null, 2, [1, 2, 3, 4], null, null, [1, 4, 3, 4]));

        Assert.True(history.IsRegression);
        Assert.Equal(2, history.LossAt(0, 0));
        Assert.Equal(0, history.LossAt(0, 1));
        history.FindMislabelled();
        Assert.Empty(SampleRanking.Order(history, SampleSort.NeverLearned, null));
        Assert.Empty(SampleRanking.Order(history, SampleSort.Mislabelled, null));
        Assert.Equal([0, 1], SampleRanking.Order(history, SampleSort.Hardest, null));
    }

    [Fact]
    public void Mislabelled_OfAWorkedExample_AreThoseBeyondTheThresholds()
    {
        // Class 0 has the threshold (.9+.8+.1)/3 = .6, class 1 (.7+.9+.4)/3 = 2/3.
        var found = ConfidentLearning.Find([0, 0, 0, 1, 1, 1], [.9, .1, .8, .2, .1, .9, .3, .7, .1, .9, .6, .4], 2);

        Assert.Equal(.6, found.Thresholds[0], 12);
        Assert.Equal(2 / 3.0, found.Thresholds[1], 12);
        Assert.Equal([-1, -1, 1, -1, -1, 0], found.Suggested);
        Assert.Equal(-.8, found.Margins[2], 12);
        // One score is that of class 1 of two.
        Assert.Equal(found.Suggested, ConfidentLearning.Find([0, 0, 0, 1, 1, 1], [.1, .2, .9, .7, .9, .4], 1).Suggested);
        Assert.Throws<ArgumentException>(() => ConfidentLearning.Find([2], [.5, .5], 2));
    }

    [Fact]
    public void Mislabelled_OfFlippedLabels_AreFound()
    {
        // A model that is right with 80 to 99 %, and a twentieth of 2,000 labels turned into the next class.
        var random = new SeededRandom(11, 0);
        var (labels, scores, flipped) = (new long[2000], new double[8000], new bool[2000]);
        for (var at = 0; at < labels.Length; at++)
        {
            var truth = random.Next(4);
            var sure = .8 + (.19 * random.NextShare());
            for (var one = 0; one < 4; one++)
                scores[(at * 4) + one] = one == truth ? sure : (1 - sure) / 3;
            flipped[at] = random.Next(20) == 0;
            labels[at] = flipped[at] ? (truth + 1) % 4 : truth;
        }
        var history = new SampleHistory();
        history.Add(new SampleStep(0, labels, 4, scores, null, null));
        history.FindMislabelled();

        var found = SampleRanking.Order(history, SampleSort.Mislabelled, null);

        // Those above the mean of their class, which the flipped ones lower to .85: 73 % of a uniform draw from .8 to .99, less three deviations.
        Assert.All(found, at => Assert.True(flipped[at]));
        Assert.InRange(found.Length, flipped.Count(one => one) * .6, flipped.Count(one => one));
    }

    [Fact]
    public void Scores_AreProbabilities_OnlyWhereTheyAre()
    {
        Assert.True(SampleScores.AreProbabilities([.2, .8, 1, 0], 2));
        Assert.True(SampleScores.AreProbabilities([.2, .8], 1));
        Assert.True(SampleScores.AreProbabilities([.333, .333, .333], 3));
        Assert.False(SampleScores.AreProbabilities([.2, .9], 2));
        Assert.False(SampleScores.AreProbabilities([-.1, 1.1], 2));
        Assert.False(SampleScores.AreProbabilities([double.NaN, 1], 2));
        Assert.False(SampleScores.AreProbabilities([2], 1));
    }

    [Fact]
    public void Scatter_OfManySamples_KeepsTheExtremesOfEveryStepAndLabel()
    {
        var random = new SeededRandom(5, 0);
        var history = new SampleHistory();
        var labels = Enumerable.Range(0, 5000).Select(at => (long)(at % 3)).ToArray();
        for (var step = 0; step < 20; step++)
            history.Add(new SampleStep(step, labels, 3, new double[15000], [.. labels.Select(_ => random.NextShare())], null));

        var found = LossScatter.Of(history, 2000, null);

        Assert.Equal(100_000, found.Total);
        Assert.InRange(found.PointLosses.Count, 1900, 2000);
        for (var step = 0; step < 20; step++)
        {
            for (var label = 0; label < 3; label++)
            {
                var all = Enumerable.Range(0, 5000).Where(at => at % 3 == label).Select(at => history.LossAt(step, at)).Order().ToArray();
                var drawn = Enumerable.Range(0, found.PointLosses.Count).Where(at => found.PointSteps[at] == step && found.PointLabels[at] == label).Select(at => found.PointLosses[at]).ToList();
                Assert.Equal((all[0], all[^1]), (drawn.Min(), drawn.Max()));
                var spread = found.Spreads[label][step];
                Assert.Equal((all.Length, all[0], all[^1]), (spread.Count, spread.Min, spread.Max));
                Assert.Equal((all[(all.Length - 1) / 2] + all[all.Length / 2]) / 2, spread.Median, Single);
            }
        }
        // A dot can be followed: most samples of one step are those of the next.
        var first = found.PointSamples.Where((_, at) => found.PointSteps[at] == 0).ToHashSet();
        Assert.InRange(found.PointSamples.Where((_, at) => found.PointSteps[at] == 1).Count(first.Contains), 80, 100);
    }

    [Fact]
    public void Scatter_OfManyLabels_PutsTheRarestTogether()
    {
        var history = new SampleHistory();
        // Class c has c + 1 samples.
        var labels = Enumerable.Range(0, 30).SelectMany(label => Enumerable.Repeat((long)label, label + 1)).ToArray();
        history.Add(new SampleStep(0, labels, 30, new double[labels.Length * 30], [.. labels.Select(label => (double)label)], null));

        var found = LossScatter.Of(history, 10_000, null);

        Assert.Equal([.. Enumerable.Range(11, 19), LossScatter.Others], found.Labels);
        Assert.Equal((66, 0.0, 10.0), (found.Spreads[^1][0].Count, found.Spreads[^1][0].Min, found.Spreads[^1][0].Max));
        Assert.Equal([7], LossScatter.Of(history, 10, 7).Labels);
        Assert.Empty(LossScatter.Of(new SampleHistory(), 10, null).PointLosses);
    }
}
