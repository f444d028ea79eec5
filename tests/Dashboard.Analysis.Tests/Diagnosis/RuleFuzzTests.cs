using System.Text;
using Dashboard.Fuzzing;

namespace Dashboard.Analysis.Tests;

/// <summary>Rules of projects, which people write.</summary>
public sealed class RuleFuzzTests
{
    private static readonly byte[][] Expressions =
    [
        "points > 10 and not noise > 0 or ramp(fall, 0.1, alpha) >= -0.5"u8.ToArray(),
        "min(3, 1, 2) + max(1, 4) × abs(-2) ÷ log10(100) − 1e-3 * 1E3"u8.ToArray(),
        "known(fall) = 1 and (run.ended != 0 or points ≤ 20)"u8.ToArray(),
    ];

    private static readonly byte[][] Words = [.. new[] { "and", "or", "not ", "(", ")", ",", "<", "<=", "=", "!=", "+", "-", "*", "/", "min", "ramp", "known", "points", "fall", "alpha", "run.ended", "train.fall", " ", "1e5" }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Expression_OfAnyText_IsComputedOrRefused()
    {
        var names = new RuleScopeNames(RuleScope.Curve, [new RuleParameter("alpha", 5, 0, 10, new RuleText("α", null))]);
        var subject = new RuleSubject(RuleScope.Curve, "loss", new double[CurveVocabulary.All.Length], new double[RunVocabulary.All.Length], new Dictionary<string, string>(), null);

        var tried = Fuzz.Run(new FuzzCase("rule expression", Expressions, data => RuleExpression.Parse(Encoding.UTF8.GetString(data), names).Value(subject), typeof(RuleSyntaxException)) { Words = Words });

        Assert.True(tried > 500, $"{tried} inputs");
    }

    [Fact]
    public void RuleSet_OfAnyText_IsReadOrRefused()
    {
        byte[][] corpus =
        [
            """{"rules":[{"id":"mine","scope":"curve","code":"plateau","severity":"warning","when":"points > alpha","parameters":{"alpha":{"value":5,"min":0,"max":10,"label":"α"}},"confidence":"0.5","from":"first_step","to":"last_step","sentence":{"en":"It has {points} points."},"try":[{"en":"Log less."}],"evidence":[]}]}"""u8.ToArray(),
            """{"rules":[{"id":"plateau","enabled":false},{"id":"diverging","parameters":{"rise":{"value":2}}}]}"""u8.ToArray(),
            "// a comment\n{\"rules\":[],}"u8.ToArray(),
        ];
        byte[][] words = [.. Words, .. new[] { "\"id\"", "\"scope\"", "\"when\"", "\"parameters\"", "\"sentence\"", "\"en\"", "\"evidence\"", "\"plateau\"", "{", "}", "[", "]", ":", "null", "{points}", "{", "\"curve\"" }.Select(Encoding.UTF8.GetBytes)];

        // A refusal names every fault of a document, and each is short.
        var tried = Fuzz.Run(new FuzzCase("rule set", corpus, data => RuleSet.Default.With(Encoding.UTF8.GetString(data)), typeof(RuleException)) { Words = words, LongestMessage = 200_000 });

        Assert.True(tried > 50, $"{tried} inputs");
    }
}
