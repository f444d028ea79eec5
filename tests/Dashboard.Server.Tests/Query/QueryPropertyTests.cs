using System.Globalization;
using Dashboard.Contracts;

namespace Dashboard.Server.Tests;

/// <summary>Random queries from a fixed seed.</summary>
public sealed class QueryPropertyTests
{
    private static readonly ApiLimits Limits = new();
    private static readonly string[] Words = ["cnn", "or", "not", "in", "now", "a b", "it's", "say \"x\"", "\\", "1", "true", "名", "(", "config.lr"];
    private static readonly string[] Paths = ["name", "group", "tags", "config.lr", "config.opt", "config.bs", "config[\"odd key\"]", "config.net.depth", "summary(\"loss\").last", "summary(\"acc\").min"];

    [Fact]
    public void PrintAndParse_RandomQueries_Agree()
    {
        var random = new Random(7);
        var runs = new SampleRuns();
        for (var turn = 0; turn < 3000; turn++)
        {
            var query = Any(random, 4);
            var text = QueryText.Of(query);
            var parsed = QueryParser.Parse(text, Limits)!;
            Assert.Equal(text, QueryText.Of(parsed));
            Assert.Equal(Found(runs, query), Found(runs, parsed));
        }
    }

    [Fact]
    public void Parse_RandomTexts_EndsInAConditionOrAFaultWithinTheText()
    {
        var random = new Random(11);
        string[] parts = ["(", ")", "[", "]", ",", "=", "!", "<", ">=", "~", "\"", "'", "\\", ".", "and", "or", "not", "in", "has(", "summary(", "config", "config.a", "name", "now", "-", "2d", "3", "x", " ", " ", "\t", "\u2003", "\uD83D\uDE00", "\0"];
        for (var turn = 0; turn < 20_000; turn++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 16)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                QueryParser.Parse(text, Limits);
            }
            catch (QueryException fault)
            {
                Assert.InRange(fault.Span.Position, 0, text.Length);
                Assert.InRange(fault.Span.End, fault.Span.Position, text.Length);
                Assert.Matches("^[a-z_]+$", fault.Code);
            }
        }
    }

    private static List<int> Found(SampleRuns runs, QueryNode query) =>
        Enumerable.Range(0, runs.Count).Where(new QueryCompiler(runs, SampleRuns.Day).Compile(query)).ToList();

    private static QueryNode Any(Random random, int depth)
    {
        if (depth == 0)
            return Leaf(random);
        return random.Next(6) switch
        {
            0 => new QueryNode.And(Terms()),
            1 => new QueryNode.Or(Terms()),
            2 => new QueryNode.Not(Any(random, depth - 1)),
            _ => Leaf(random),
        };

        // A list within a list of its kind would be printed with brackets and parsed as two, as it is here.
        QueryNode[] Terms() => [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Any(random, depth - 1))];
    }

    private static QueryNode Leaf(Random random)
    {
        var path = ValuePathParser.Parse(Paths[random.Next(Paths.Length)]);
        var isText = path.Field is RunField.Name or RunField.Group or RunField.Tags or RunField.Config;
        switch (random.Next(isText ? 5 : 3))
        {
            case 0:
                return new QueryNode.Find(Words[random.Next(Words.Length)]);
            case 1:
                return new QueryNode.Has(path);
            case 2 when path.Field == RunField.Tags:
                return new QueryNode.Compare(path, QueryOperator.NotEqual, Quoted());
            case 2:
                return new QueryNode.Compare(path, (QueryOperator)random.Next(6), Number());
            case 3:
                return new QueryNode.In(path, [Quoted(), Number(), Quoted()]);
            default:
                var pattern = "^c.n|\\d\"";
                return new QueryNode.Match(path, pattern, new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.IgnoreCase));
        }

        QueryLiteral Quoted() => QueryLiteral.Quoted(Words[random.Next(Words.Length)], default);

        QueryLiteral Number() => QueryLiteral.Word((random.Next(100) / 100.0).ToString("R", CultureInfo.InvariantCulture), default);
    }
}
