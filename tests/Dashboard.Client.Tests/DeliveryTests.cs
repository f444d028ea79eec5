using System.Net;
using System.Net.Http.Headers;

namespace Dashboard.Client.Tests;

public sealed class DeliveryTests : IDisposable
{
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Log_ServerTakesAll_PointsArriveInOrderWithTimes()
    {
        await using (var run = LossboardRun.Start(_fixture.Options with { Config = new { lr = 0.1 }, Tags = ["a"] }))
        {
            run.Log("train/loss", 0.5, 1);
            run.Log(2, ("train/loss", 0.25), ("lr", 0.1));
        }

        Assert.Equal([("train/loss", 1L, 0.5), ("train/loss", 2L, 0.25), ("lr", 2L, 0.1)], _fixture.Server.Points.Select(p => (p.Tag, p.Step, p.Value)));
        Assert.All(_fixture.Server.Points, p => Assert.Equal(_fixture.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, p.WallTime));
        Assert.Equal(["running", "finished"], _fixture.Server.Runs.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(0.1, _fixture.Server.Runs[0].GetProperty("config").GetProperty("lr").GetDouble());
        Assert.Empty(_fixture.Notices);
        Assert.Empty(Directory.GetFileSystemEntries(_fixture.Spool));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Log_ThirtyPercentOfAnswersLost_StoredExactlyOnceInOrder(int seed)
    {
        var random = new Random(seed);
        _fixture.Server.LoseAnswer = _ => random.NextDouble() < 0.3;
        await using (var run = LossboardRun.Start(_fixture.Options with { BatchPoints = 7 }))
        {
            for (var step = 0; step < 2000; step++)
                run.Log("loss", step, step);
            Assert.True(await run.FinishAsync());
        }

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (long)i), _fixture.Server.Points.Select(p => p.Step));
        // 286 batches of 7 and the two run requests, each tried 1 / 0.7 times on average: without losses there would be exactly 288.
        Assert.InRange(_fixture.Server.Requests, 340, 500);
    }

    [Fact]
    public async Task Log_ServerAwayThenBack_SpooledThenStoredInOrder()
    {
        var away = true;
        _fixture.Server.Before = _ => Volatile.Read(ref away) ? throw StandInServer.NoConnection() : null;
        await using (var run = LossboardRun.Start(_fixture.Impatient))
        {
            for (var step = 0; step < 100; step++)
            {
                run.Log("loss", step, step);
                if (step % 10 == 9)
                    Assert.False(await run.FlushAsync());
            }

            Assert.Equal(11, _fixture.Files("*.batch").Length);
            Volatile.Write(ref away, false);
            while (!await run.FlushAsync())
            {
            }

            Assert.Empty(_fixture.Files("*.batch"));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), _fixture.Server.Points.Select(p => p.Step));
        Assert.Equal(1, _fixture.Notices.Count(n => n.EventId == 4001));
        Assert.Equal(1, _fixture.Notices.Count(n => n.EventId == 4002));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_EarlierProcessDied_ReplaysItsSpoolFirstAndOnce(bool storedButUnanswered)
    {
        if (storedButUnanswered)
            _fixture.Server.LoseAnswer = _ => true;
        else
            _fixture.Server.Before = _ => throw StandInServer.NoConnection();
        for (var life = 0; life < 2; life++)
        {
            var dying = LossboardRun.Start(_fixture.Impatient);
            for (var step = 0; step < 50; step++)
                dying.Log("loss", step, life * 50 + step);
            Assert.False(await dying.FlushAsync());
            await dying.AbandonAsync();
        }

        _fixture.Server.LoseAnswer = _ => false;
        _fixture.Server.Before = _ => null;
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            run.Log("loss", 100, 100);
        }

        Assert.Equal(Enumerable.Range(0, 101).Select(i => (long)i), _fixture.Server.Points.Select(p => p.Step));
        Assert.Empty(_fixture.Files("*"));
        Assert.Contains(_fixture.Notices, n => n.EventId == 4004);
    }

    [Fact]
    public async Task Start_AnotherRunDied_ReplaysItAsWell()
    {
        _fixture.Server.Before = _ => throw StandInServer.NoConnection();
        var dying = LossboardRun.Start(_fixture.Impatient with { Run = "other" });
        dying.Log("loss", 1, 1);
        Assert.False(await dying.FlushAsync());
        await dying.AbandonAsync();
        _fixture.Server.Before = _ => null;

        // Other runs' batches are sent beside this run's own, not before: wait for the point itself.
        var stored = new TaskCompletionSource();
        _fixture.Server.LoseAnswer = request =>
        {
            if (_fixture.Server.Points.Count > 0)
                stored.TrySetResult();
            return false;
        };
        await using (LossboardRun.Start(_fixture.Options))
            await stored.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(("other", 1L), _fixture.Server.Points.Select(p => (p.Run, p.Step)).Single());
    }

    [Fact]
    public async Task Start_OtherProcessOfSameRunLives_LeavesItsSpoolAlone()
    {
        _fixture.Server.Before = _ => throw StandInServer.NoConnection();
        var alive = LossboardRun.Start(_fixture.Impatient);
        alive.Log("loss", 1, 1);
        Assert.False(await alive.FlushAsync());
        var files = _fixture.Files("*.batch");

        var second = LossboardRun.Start(_fixture.Impatient);
        await second.AbandonAsync();

        Assert.DoesNotContain(_fixture.Notices, n => n.EventId == 4004);
        Assert.Equal(files, _fixture.Files("*.batch"));
        await alive.AbandonAsync();
    }

    [Fact]
    public async Task Start_HalfWrittenAndDamagedSpoolFiles_SetAsideAndReported()
    {
        _fixture.Server.Before = _ => throw StandInServer.NoConnection();
        var dying = LossboardRun.Start(_fixture.Impatient);
        dying.Log("loss", 1, 1);
        Assert.False(await dying.FlushAsync());
        await dying.AbandonAsync();
        var folder = Path.GetDirectoryName(_fixture.Files("*.batch")[0])!;
        File.WriteAllText(Path.Combine(folder, "e000000000900.batch.part"), "{\"kind\":0");
        File.WriteAllText(Path.Combine(folder, "e000000000901.batch"), "not a header");
        _fixture.Server.Before = _ => null;

        await using (LossboardRun.Start(_fixture.Options))
        {
        }

        Assert.Equal([1L], _fixture.Server.Points.Select(p => p.Step));
        Assert.Contains(_fixture.Notices, n => n.EventId == 4008);
        Assert.EndsWith("e000000000901.batch", Assert.Single(_fixture.Files("*")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_TooManyRequests_WaitsAtLeastRetryAfter()
    {
        var answers = 0;
        _fixture.Server.Before = _ =>
        {
            if (answers++ > 0)
                return null;
            var busy = StandInServer.Problem(429, true);
            busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(42));
            return busy;
        };
        await using (var run = LossboardRun.Start(_fixture.Options))
            run.Log("loss", 1, 1);

        Assert.Equal([TimeSpan.FromSeconds(42)], _fixture.Time.Pauses);
        Assert.Single(_fixture.Server.Points);
        Assert.Empty(_fixture.Notices);
    }

    [Fact]
    public async Task Send_KeepsFailing_PausesDoubleUpToTheLongest()
    {
        var tries = 0;
        _fixture.Server.Before = _ => tries++ < 9 ? StandInServer.Problem(503, true) : null;
        await using (LossboardRun.Start(_fixture.Options))
        {
        }

        // Jitter is pinned to its lowest: half of 0.25 s, doubled, capped at 30 s.
        Assert.Equal([0.125, 0.25, 0.5, 1, 2, 4, 8, 15, 15], _fixture.Time.Pauses.Select(p => p.TotalSeconds));
    }

    [Fact]
    public async Task Send_BatchRefused_SetAsideWithAnswerAndTheNextGoesOn()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            await run.FlushAsync();
            _fixture.Server.Before = _ => StandInServer.Problem(422, false, "too_deep");
            run.Log("loss", 1, 1);
            Assert.True(await run.FlushAsync());
            _fixture.Server.Before = _ => null;
            run.Log("loss", 2, 2);
        }

        Assert.Equal([2L], _fixture.Server.Points.Select(p => p.Step));
        var answer = Assert.Single(_fixture.Files("*.answer.txt"));
        Assert.Contains("too_deep", File.ReadAllText(answer), StringComparison.Ordinal);
        Assert.Contains("loss", File.ReadAllText(answer.Replace(".answer.txt", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("too_deep", Assert.Single(_fixture.Notices).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(507)]
    public async Task Send_AnswerThatMayPass_TriedAgain(int status)
    {
        var tries = 0;
        _fixture.Server.Before = _ => tries++ < 3 ? new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("<html>") } : null;
        await using (var run = LossboardRun.Start(_fixture.Options))
            run.Log("loss", 1, 1);

        Assert.Single(_fixture.Server.Points);
        Assert.Empty(_fixture.Files("*.answer.txt"));
    }

    [Fact]
    public async Task UploadArtifact_AnswersLost_ArrivesWholeAndFileMayChangeAtOnce()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var lost = 0;
        _fixture.Server.LoseAnswer = _ => lost++ % 2 == 0;
        var path = Path.Combine(_fixture.Spool, "model.safetensors");
        await File.WriteAllBytesAsync(path, content);
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            Assert.True(await run.UploadArtifactAsync(path, "checkpoints/1", "checkpoint", 1));
            File.Delete(path);
            Assert.False(await run.UploadArtifactAsync(path));
        }

        Assert.Equal(content, _fixture.Server.Artifacts["checkpoints/1"]);
        Assert.Equal(4010, Assert.Single(_fixture.Notices, n => n.Level == LossboardNoticeLevel.Error).EventId);
    }

    [Fact]
    public async Task Finish_Twice_SameAnswerAndOneFinalStatus()
    {
        var run = LossboardRun.Start(_fixture.Options);
        Assert.True(await run.FinishAsync("failed"));
        Assert.True(await run.FinishAsync());
        await run.DisposeAsync();
        run.Log("loss", 1, 1);
        run.Log("loss", 1, 1);
        Assert.True(await run.FlushAsync());

        Assert.Equal(4012, Assert.Single(_fixture.Notices).EventId);
        Assert.Equal(["running", "failed"], _fixture.Server.Runs.Select(r => r.GetProperty("status").GetString()));
        Assert.Empty(_fixture.Server.Points);
    }

    [Fact]
    public async Task Notices_CallbackThrows_SendingGoesOn()
    {
        var tries = 0;
        _fixture.Server.Before = _ => tries++ < 3 ? throw StandInServer.NoConnection() : null;
        await using (var run = LossboardRun.Start(_fixture.Options with { Notices = _ => throw new InvalidOperationException() }))
            run.Log("loss", 1, 1);
        Assert.Single(_fixture.Server.Points);
    }
}
