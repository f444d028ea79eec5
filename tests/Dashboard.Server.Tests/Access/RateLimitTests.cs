using System.Net;
using Dashboard.Contracts;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Server.Tests;

public sealed class RateLimitTests
{
    private readonly ManualTime _time = new();

    private static readonly Caller Key = new(CallerKind.Key, "k", [new AccessGrant(AccessRight.Write)]) { Credentials = ["key:k"] };
    private static readonly Caller Other = new(CallerKind.Key, "o", [new AccessGrant(AccessRight.Write)]) { Credentials = ["key:o"] };

    private RateLimits Limits(ApiLimits limits) => new(limits, _time);

    [Fact]
    public void Requests_BeyondTheBurst_AreRefusedWithATimeAndResumeAtTheRate()
    {
        var rates = Limits(new ApiLimits { MaxRequestsPerSecond = 10, MaxRequestBurst = 20 });
        var context = From("10.0.0.1");
        Assert.Equal(20, Passed(() => rates.Request(context, Key), 100));
        var refusal = Assert.Throws<ApiProblemException>(() => rates.Request(context, Key)).Problem;
        Assert.Equal((429, "too_many_requests", true), (refusal.Status, refusal.Code, refusal.Retryable));
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(1));
        // Another key, and people without one from another address, are not concerned.
        rates.Request(context, Other);
        rates.Request(From("10.0.0.2"), Caller.Nobody);
        _time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(10, Passed(() => rates.Request(context, Key), 100));
    }

    [Fact]
    public void Requests_WithoutAccounts_AreNotCounted()
    {
        var rates = Limits(new ApiLimits { MaxRequestsPerSecond = 1, MaxRequestBurst = 1 });
        Assert.Equal(100, Passed(() => rates.Request(From("127.0.0.1"), Caller.Local), 100));
    }

    [Fact]
    public void Bodies_BeyondTheBurst_AreRefusedUntilTheirBytesHaveFlownOff()
    {
        var rates = Limits(new ApiLimits { MaxIngestBytesPerSecond = 100, MaxIngestBurstBytes = 1000 });
        var context = From("10.0.0.1");
        context.SetCaller(Key);
        context.Request.ContentLength = 600;
        // The second overdraws: a body is taken whole.
        Assert.Equal(2, Passed(() => rates.Body(context), 10));
        _time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal(0, Passed(() => rates.Body(context), 1));
        _time.Move(TimeSpan.FromSeconds(1.5));
        Assert.Equal(1, Passed(() => rates.Body(context), 10));
    }

    [Fact]
    public void Body_OfUnknownLength_IsCountedOnceItIsRead()
    {
        var rates = Limits(new ApiLimits { MaxIngestBytesPerSecond = 100, MaxIngestBurstBytes = 1000 });
        var context = From("10.0.0.1");
        context.SetCaller(Key);
        rates.Body(context);
        rates.Charge(context, 2000);
        Assert.Throws<ApiProblemException>(() => rates.Body(context));
        _time.Move(TimeSpan.FromSeconds(10.1));
        rates.Body(context);
    }

    [Fact]
    public void InvalidKeys_FromOneAddress_AreAnswered429AndSoonAgain401()
    {
        var rates = Limits(new ApiLimits { MaxFailedKeysPerMinute = 30 });
        var answers = Enumerable.Range(0, 100).Select(_ => rates.FailedKey("10.0.0.1").Problem.Status).ToList();
        Assert.Equal(30, answers.Count(status => status == 401));
        Assert.Equal(429, answers[^1]);
        Assert.Equal(401, rates.FailedKey("10.0.0.2").Problem.Status);
        _time.Move(TimeSpan.FromSeconds(2));
        Assert.Equal(401, rates.FailedKey("10.0.0.1").Problem.Status);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void Address_IsCountedAs(string address, string counted) => Assert.Equal(counted, ClientAddress.Of(From(address)));

    [Fact]
    public async Task ValidKey_WhileItsAddressGuesses_IsTaken()
    {
        await using var team = new Team(new() { ["Limits:MaxFailedKeysPerMinute"] = "2" });
        var (_, key) = await team.MakeAsync("read", "p");
        using var guesser = team.With(ApiKeySecret.Make());
        await guesser.GetAsync("/api/v1/projects", 401);
        await guesser.GetAsync("/api/v1/projects", 401);
        using (var refused = await guesser.GetAsync("/api/v1/projects"))
        {
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("too_many_failures", (await refused.ReadAsync(429)).Text("code"));
        }
        using var reader = team.With(key);
        await reader.GetAsync("/api/v1/projects", 200);
    }

    [Fact]
    public async Task Server_WithLowLimits_AnswersWhatIsTooMuchWith429()
    {
        await using var team = new Team(new() { ["Limits:MaxRequestsPerSecond"] = "1", ["Limits:MaxRequestBurst"] = "3", ["Limits:MaxIngestBytesPerSecond"] = "1", ["Limits:MaxIngestBurstBytes"] = "1" });
        var (_, key) = await team.MakeAsync("write", "p");
        using var writer = team.With(key);
        await writer.PostEventsAsync("""{"project":"p","run":"r","events":[]}""");
        Assert.Equal("too_many_bytes", (await writer.PostEventsAsync("""{"project":"p","run":"r","events":[]}""", 429)).Text("code"));
        var codes = new List<int>();
        for (var at = 0; at < 6; at++)
        {
            using var answer = await writer.GetAsync("/api/v1/projects");
            codes.Add((int)answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }
        Assert.Contains(429, codes);
    }

    private static int Passed(Action take, int times) => Enumerable.Range(0, times).Count(_ =>
    {
        try
        {
            take();
            return true;
        }
        catch (ApiProblemException)
        {
            return false;
        }
    });

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
