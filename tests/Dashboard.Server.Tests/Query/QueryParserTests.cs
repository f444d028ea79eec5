using Dashboard.Contracts;

namespace Dashboard.Server.Tests;

public sealed class QueryParserTests
{
    private static readonly ApiLimits Limits = new();

    [Theory]
    [InlineData("", "")]
    [InlineData("  \t ", "")]
    [InlineData("cnn", "\"cnn\"")]
    [InlineData("resnet-50/seed:1", "\"resnet-50/seed:1\"")]
    [InlineData("name", "\"name\"")]
    [InlineData("in", "\"in\"")]
    [InlineData("\"two words\"", "\"two words\"")]
    [InlineData("'it\\'s'", "\"it's\"")]
    [InlineData("cnn adam", "\"cnn\" and \"adam\"")]
    [InlineData("a or b c or not d", "\"a\" or \"b\" and \"c\" or not \"d\"")]
    [InlineData("a AND (b OR c)", "\"a\" and (\"b\" or \"c\")")]
    [InlineData("not (a b)", "not (\"a\" and \"b\")")]
    [InlineData("not not a", "not not \"a\"")]
    [InlineData("((a))", "\"a\"")]
    [InlineData("config.lr<0.01", "config.lr < 0.01")]
    [InlineData("config.lr == 1e-3", "config.lr = 1e-3")]
    [InlineData("config.lr<-1", "config.lr < -1")]
    [InlineData("CONFIG.lr >= 3", "config.lr >= 3")]
    [InlineData("config.optimizer.name = adam", "config.optimizer.name = adam")]
    [InlineData("config[\"odd key\"].x[\"y\"] != 'z'", "config[\"odd key\"].x.y != \"z\"")]
    [InlineData("config.weight-decay > 0", "config[\"weight-decay\"] > 0")]
    [InlineData("config[\"a.b\"] = 1", "config[\"a.b\"] = 1")]
    [InlineData("config[\"say \\\"hi\\\"\"] = 1", "config[\"say \\\"hi\\\"\"] = 1")]
    [InlineData("summary(\"val/loss\").min < 0.3", "summary(\"val/loss\").min < 0.3")]
    [InlineData("summary(loss).STEP > 10", "summary(\"loss\").step > 10")]
    [InlineData("summary(\"a\").last < summary(\"b\").last", "summary(\"a\").last < summary(\"b\").last")]
    [InlineData("Name ~ \"cnn\\d+\"", "name ~ \"cnn\\\\d+\"")]
    [InlineData("name~^cnn", "name ~ \"^cnn\"")]
    [InlineData("tag = best", "tags = best")]
    [InlineData("status in (running, \"failed\")", "status in (running, \"failed\")")]
    [InlineData("status not in (failed)", "not status in (failed)")]
    [InlineData("config.bs in (16,32)", "config.bs in (16, 32)")]
    [InlineData("has(config.lr) has(group)", "has(config.lr) and has(group)")]
    [InlineData("created > \"2026-01-01\"", "created > \"2026-01-01\"")]
    [InlineData("created > 2026-01-01T10:00:00Z", "created > 2026-01-01T10:00:00Z")]
    [InlineData("created > now-2d", "created > now - 172800s")]
    [InlineData("created > now - 1h30m", "created > now - 5400s")]
    [InlineData("created < now -90s b", "created < now - 90s and \"b\"")]
    [InlineData("updated >= now", "updated >= now")]
    [InlineData("duration > 2h", "duration > 2h")]
    [InlineData("cnn (a or b)", "\"cnn\" and (\"a\" or \"b\")")]
    public void Parse_ValidQuery_MeansWhatItSays(string query, string expected) => Assert.Equal(expected, QueryText.Of(QueryParser.Parse(query, Limits)));

    [Theory]
    [InlineData("confg.lr < 1", "unknown_name", 0, 5)]
    [InlineData("a and lr < 1", "unknown_name", 6, 2)]
    [InlineData("config < 1", "unknown_name", 0, 6)]
    [InlineData("config", null, 0, 0)]
    [InlineData("sumary(\"x\").min < 1", "unknown_name", 0, 6)]
    [InlineData("has(foo)", "unknown_name", 4, 3)]
    [InlineData("config.lr", "expected_comparison", 0, 9)]
    [InlineData("config.lr and b", "expected_comparison", 0, 9)]
    [InlineData("config.lr <", "unexpected_end", 11, 0)]
    [InlineData("config.lr < < 1", "unexpected_token", 12, 1)]
    [InlineData("config.lr < 1 = 2", "unexpected_token", 14, 1)]
    [InlineData("config..lr < 1", "empty_key", 0, 10)]
    [InlineData("config[lr] < 1", "unexpected_token", 7, 2)]
    [InlineData("3 < config.lr", "expected_name", 0, 1)]
    [InlineData("\"lr\" < 1", "expected_name", 0, 4)]
    [InlineData("(a", "unexpected_end", 2, 0)]
    [InlineData("a)", "unexpected_token", 1, 1)]
    [InlineData("()", "unexpected_token", 1, 1)]
    [InlineData("a or", "unexpected_end", 4, 0)]
    [InlineData("or a", "unexpected_token", 0, 2)]
    [InlineData("a && b", "unexpected_token", 2, 2)]
    [InlineData("!a", "unexpected_character", 0, 1)]
    [InlineData("a \"b", "unclosed_quote", 2, 2)]
    [InlineData("summary(\"loss\") < 1", "expected_statistic", 0, 15)]
    [InlineData("summary(\"loss\").mean < 1", "expected_statistic", 15, 5)]
    [InlineData("summary(\"loss\").min < small", "invalid_number", 22, 5)]
    [InlineData("name ~ \"(\"", "invalid_pattern", 7, 3)]
    [InlineData("name ~ \"(?=a)\"", "invalid_pattern", 7, 7)]
    [InlineData("created > \"2026-13-01\"", "invalid_date", 10, 12)]
    [InlineData("created > now - soon", "invalid_duration", 10, 10)]
    [InlineData("duration > long", "invalid_duration", 11, 4)]
    [InlineData("status = runing", "unknown_status", 9, 6)]
    [InlineData("tag < a", "wrong_operator", 4, 1)]
    [InlineData("status in running", "unexpected_token", 10, 7)]
    [InlineData("status in ()", "unexpected_token", 11, 1)]
    [InlineData("config.a in (1, 2", "unexpected_end", 17, 0)]
    public void Parse_Fault_IsNamedAtItsPlace(string query, string? code, int position, int length)
    {
        if (code is null)
        {
            Assert.IsType<QueryNode.Find>(QueryParser.Parse(query, Limits));
            return;
        }
        var fault = Assert.Throws<QueryException>(() => QueryParser.Parse(query, Limits));
        Assert.Equal((code, position, length), (fault.Code, fault.Span.Position, fault.Span.Length));
    }

    [Theory]
    [InlineData("confg.lr < 1", "did you mean config?")]
    [InlineData("stauts = failed", "did you mean status?")]
    [InlineData("lr < 1", "config.lr")]
    [InlineData("status = runing", "did you mean running?")]
    public void Parse_ANameThatIsNone_SaysTheWayOut(string query, string part) =>
        Assert.Contains(part, Assert.Throws<QueryException>(() => QueryParser.Parse(query, Limits)).Message, StringComparison.Ordinal);

    public static TheoryData<string> Hostile => new()
    {
        new string('(', 100_000),
        new string('(', 9_000) + "a" + new string(')', 900),
        string.Concat(Enumerable.Repeat("not ", 2_000)) + "a",
        string.Concat(Enumerable.Repeat("a ", 4_000)),
        string.Join(" or ", Enumerable.Repeat("a", 2_000)),
        $"name in ({string.Join(",", Enumerable.Repeat("a", 4_000))})",
        $"name ~ \"{new string('a', 600)}\"",
        "config" + string.Concat(Enumerable.Repeat(".a", 100)) + " = 1",
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Parse_BeyondACap_IsTooComplex(string query) =>
        Assert.Equal("query_too_complex", Assert.Throws<QueryException>(() => QueryParser.Parse(query, Limits)).Code);

    [Theory]
    [InlineData("name ~ \"((a{1000}){1000}){1000}\"")]
    [InlineData("name ~ \"(a+)+b(?!c)\"")]
    public void Parse_ARegularExpressionThatCannotBeLinear_IsRefused(string query) =>
        Assert.Equal("invalid_pattern", Assert.Throws<QueryException>(() => QueryParser.Parse(query, Limits)).Code);

    [Theory]
    [InlineData("90s", 90.0)]
    [InlineData("15m", 900.0)]
    [InlineData("2h", 7200.0)]
    [InlineData("1.5d", 129_600.0)]
    [InlineData("1w", 604_800.0)]
    [InlineData("250ms", 0.25)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("", null)]
    [InlineData("h", null)]
    [InlineData("3", null)]
    [InlineData("3x", null)]
    [InlineData("-3h", null)]
    public void Duration_Text_IsSeconds(string text, double? seconds) => Assert.Equal(seconds, QueryTimes.Duration(text));

    [Theory]
    [InlineData("2026-01-01", SampleRuns.Day)]
    [InlineData("2026-01-01T01:00", SampleRuns.Day + 3600)]
    [InlineData("2026-01-01 01:00:30", SampleRuns.Day + 3630)]
    [InlineData("2026-01-01T01:00:00.5Z", SampleRuns.Day + 3600.5)]
    [InlineData("2026-01-01T01:00:00+01:00", SampleRuns.Day)]
    [InlineData("01.01.2026", null)]
    public void Moment_Iso8601_IsSecondsOfTheEpoch(string text, double? seconds) => Assert.Equal(seconds, QueryTimes.Moment(text)?.From);
}
