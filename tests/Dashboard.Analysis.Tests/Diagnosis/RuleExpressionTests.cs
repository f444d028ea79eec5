namespace Dashboard.Analysis.Tests;

/// <summary>The language of conditions.</summary>
public sealed class RuleExpressionTests
{
    private static readonly double[] Own = [.. Enumerable.Repeat(double.NaN, CurveVocabulary.All.Length)];

    static RuleExpressionTests()
    {
        Own[CurveVocabulary.IndexOf("points")] = 20;
        Own[CurveVocabulary.IndexOf("fall")] = 0.25;
    }

    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("8 - 2 - 1", 5)]
    [InlineData("8 / 2 / 2", 2)]
    [InlineData("-points / 4", -5)]
    [InlineData("2 × 3 − 1 ÷ 2", 5.5)]
    [InlineData("1e-3 * 1E3", 1)]
    [InlineData("min(3, 1, 2) + max(1, 4) + abs(-2) + log10(100)", 9)]
    [InlineData("ramp(15, 10, 20)", 0.5)]
    [InlineData("ramp(50, 10, 20) - ramp(0, 10, 20)", 1)]
    [InlineData("points > 10", 1)]
    [InlineData("points ≤ 10", 0)]
    [InlineData("points = 20 and fall != 0.5", 1)]
    [InlineData("1 = 2 or not 1 = 2", 1)]
    [InlineData("not not points", 1)]
    [InlineData("1 or 1 and 0", 1)]
    [InlineData("alpha + points", 25)]
    [InlineData("known(fall) + known(noise)", 1)]
    [InlineData("noise > 0", 0)]
    [InlineData("noise <= 0", 0)]
    [InlineData("noise != 0", 0)]
    [InlineData("noise and 1", 0)]
    [InlineData("not noise > 0", 1)]
    [InlineData("run.ended", 1)]
    public void Value_OfAnExpression_IsWhatArithmeticSays(string text, double value) => Assert.Equal(value, Parse(text).Value(Subject()), 1e-15);

    [Theory]
    [InlineData("", 0)]
    [InlineData("fall <", 6)]
    [InlineData("fall 3", 5)]
    [InlineData("fal < 3", 0)]
    [InlineData("1 < 2 < 3", 6)]
    [InlineData("(fall", 5)]
    [InlineData("fall)", 4)]
    [InlineData("fall & 3", 5)]
    [InlineData("sqrt(4)", 0)]
    [InlineData("min(4)", 0)]
    [InlineData("ramp(1, 2)", 0)]
    [InlineData("1.2.3", 0)]
    [InlineData("and", 0)]
    [InlineData("fall = ; drop", 7)]
    [InlineData("train.fall > 1", 0)]
    public void Parse_OfWhatIsNoExpression_NamesThePlace(string text, int at) => Assert.Equal(at, Assert.Throws<RuleSyntaxException>(() => Parse(text)).At);

    [Fact]
    public void Parse_OfAMistypedName_SuggestsTheRightOne() =>
        Assert.Contains("Did you mean 'flat_share'?", Assert.Throws<RuleSyntaxException>(() => Parse("flat_shar > 1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_OfEndlessText_IsRefused()
    {
        Assert.Throws<RuleSyntaxException>(() => Parse(new string('(', 100) + "1" + new string(')', 100)));
        Assert.Throws<RuleSyntaxException>(() => Parse(string.Concat(Enumerable.Repeat("-", 500)) + "1"));
        Assert.Throws<RuleSyntaxException>(() => Parse(string.Concat(Enumerable.Repeat("not ", 400)) + "1"));
        Assert.Throws<RuleSyntaxException>(() => Parse("1" + string.Concat(Enumerable.Repeat("+1", 400))));
        Assert.Throws<RuleSyntaxException>(() => Parse(new string(' ', RuleExpression.MostCharacters + 1)));
    }

    [Fact]
    public void Vocabulary_OfEachScope_NamesEachFeatureOnce()
    {
        foreach (var scope in Enum.GetValues<RuleScope>())
        {
            var names = RuleVocabulary.For(scope).Select(feature => feature.Name).ToList();
            Assert.Equal(names.Distinct(), names);
            Assert.All(RuleVocabulary.For(scope), feature => Assert.EndsWith(".", feature.What, StringComparison.Ordinal));
        }
    }

    private static RuleExpression Parse(string text) => RuleExpression.Parse(text, new RuleScopeNames(RuleScope.Curve, [new RuleParameter("alpha", 5, 0, 10, new RuleText("α", null))]));

    private static RuleSubject Subject()
    {
        var run = new double[RunVocabulary.All.Length];
        run[0] = 1;
        return new RuleSubject(RuleScope.Curve, "loss", Own, run, new Dictionary<string, string>(), null);
    }
}
