using Dashboard.Contracts;

namespace Dashboard.Server.Tests;

public sealed class QueryCompilerTests
{
    private const double Now = SampleRuns.Day + (2 * 86_400);

    [Theory]
    [InlineData("CNN", "cnn-1,cnn-2")]
    [InlineData("visi", "cnn-1,cnn-2")]
    [InlineData("BEST", "cnn-1,vit 3")]
    [InlineData("\"vit 3\"", "vit 3")]
    [InlineData("vit best", "vit 3")]
    [InlineData("cnn not best", "cnn-2")]
    [InlineData("bert or vit", "vit 3,bert")]
    [InlineData("config.lr < 0.1", "cnn-1,vit 3")]
    [InlineData("config.lr <= 0.1", "cnn-1,cnn-2,vit 3")]
    [InlineData("config.lr = 1e-1", "cnn-2")]
    [InlineData("config.lr != 0.1", "cnn-1,vit 3")]
    [InlineData("not config.lr = 0.1", "cnn-1,vit 3,bert")]
    [InlineData("has(config.lr)", "cnn-1,cnn-2,vit 3")]
    [InlineData("has(config.net)", "vit 3")]
    [InlineData("has(config.ne)", "")]
    [InlineData("not has(group)", "vit 3")]
    // A number and a text that reads as one are equal.
    [InlineData("config.bs = 32", "cnn-1,cnn-2")]
    [InlineData("config.bs = \"32\"", "cnn-1,cnn-2")]
    [InlineData("config.bs > 16", "cnn-1,cnn-2")]
    [InlineData("config[\"odd key\"] < 8", "vit 3")]
    [InlineData("config.opt = adam", "cnn-1")]
    [InlineData("config.opt = sgd", "")]
    [InlineData("config.opt ~ sgd", "cnn-2")]
    [InlineData("config.opt > \"B\"", "cnn-1,cnn-2")]
    // Of different kinds: not equal, neither less.
    [InlineData("config.opt != 3", "cnn-1,cnn-2")]
    [InlineData("config.opt < 3", "")]
    [InlineData("config.opt >= 3", "")]
    [InlineData("config.amp = true", "cnn-1")]
    [InlineData("config.amp != true", "cnn-2")]
    [InlineData("config.amp > false", "")]
    [InlineData("config.layers = \"[64,64]\"", "bert")]
    // A word beside a text is that text, beside a number what it says as one.
    [InlineData("config.run = 3d", "bert")]
    [InlineData("duration > 3d", "")]
    [InlineData("duration > 2h", "vit 3")]
    [InlineData("duration >= 2h", "cnn-2,vit 3")]
    [InlineData("duration < 90", "bert")]
    // NaN is only like nan.
    [InlineData("summary(loss).last < 1", "cnn-1")]
    [InlineData("summary(loss).last >= 1", "vit 3")]
    [InlineData("summary(loss).last = nan", "cnn-2")]
    [InlineData("summary(loss).last != nan", "cnn-1,vit 3")]
    [InlineData("summary(loss).last != 0.2", "cnn-2,vit 3")]
    [InlineData("summary(loss).last = inf", "vit 3")]
    [InlineData("summary(loss).last < summary(acc).last", "cnn-1")]
    [InlineData("not summary(loss).last < summary(acc).last", "cnn-2,vit 3,bert")]
    [InlineData("created > \"2026-01-01\"", "cnn-2,vit 3")]
    [InlineData("created >= \"2026-01-01\"", "cnn-1,cnn-2,vit 3")]
    [InlineData("created < \"2026-01-01\"", "bert")]
    // A date without a time is all of its day.
    [InlineData("created = 2026-01-01", "cnn-1,cnn-2")]
    [InlineData("created != 2026-01-01", "vit 3,bert")]
    [InlineData("created in (2026-01-02, 2025-12-31)", "vit 3,bert")]
    [InlineData("created = 2026-01-01T01:00", "cnn-2")]
    [InlineData("created > now - 1d", "")]
    [InlineData("created >= now - 1d", "vit 3")]
    [InlineData("created > now - 47h30m", "cnn-2,vit 3")]
    [InlineData("tag = best", "cnn-1,vit 3")]
    [InlineData("tag = bes", "")]
    [InlineData("tag != best", "cnn-2,bert")]
    [InlineData("tag ~ ^base", "cnn-1")]
    [InlineData("tag in (baseline, other)", "cnn-1")]
    [InlineData("status in (running, failed)", "cnn-2,vit 3")]
    [InlineData("status not in (running, failed)", "cnn-1,bert")]
    [InlineData("name ~ \"^CNN-\\d$\"", "cnn-1,cnn-2")]
    [InlineData("config.lr ~ \"^0\\.0\"", "cnn-1,vit 3")]
    [InlineData("config.missing != 1 or config.missing = 1 or config.missing ~ \"\"", "")]
    public void Compile_Query_FindsTheseRuns(string query, string expected)
    {
        var runs = new SampleRuns();
        var holds = new QueryCompiler(runs, Now).Compile(QueryParser.Parse(query, new ApiLimits())!);
        Assert.Equal(expected, string.Join(",", Enumerable.Range(0, runs.Count).Where(holds).Select(runs.Name)));
    }
}
