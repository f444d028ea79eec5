using Dashboard.Series;

namespace Dashboard.Storage.Tests;

public sealed class ProjectIntakeTests
{
    private const int Points = 70_000;

    [Fact]
    public async Task Intake_BeforeItsCommit_IsSeenByNobody()
    {
        await using var store = await StoreHost.OpenAsync();
        await using var intake = await FilledAsync(store, "new");

        Assert.Empty(await store.Runs.ListProjectsAsync(CancellationToken.None));
        Assert.Null(await store.Runs.FindAsync("run-1", CancellationToken.None));
        Assert.Empty((await store.Runs.ListAsync(new RunQuery(null), CancellationToken.None)).Items);
        Assert.Null(await store.Jobs.FindAsync("job-1", CancellationToken.None));
        Assert.Empty((await store.Jobs.ListAsync(new JobQuery(null, ["probe"]), CancellationToken.None)).Jobs);
    }

    [Fact]
    public async Task Commit_ShowsAllOfIt_ExactlyAsItCame()
    {
        await using var store = await StoreHost.OpenAsync();
        await using (var intake = await FilledAsync(store, "new")) await intake.CommitAsync(12.5);

        await RequireWholeAsync(store);
        await store.ReopenAsync();
        await RequireWholeAsync(store);
        // It is a project as any other: more comes, and is sealed after what is there.
        await store.PushAsync(new IngestBatch { Project = "new", Run = "first", Scalars = [new ScalarBlock("loss", Batches.Columns((Points, 1)))] });
        await store.SealAsync();
        Assert.Equal(Points + 1, (await store.ReadAsync("run-1", "loss"))!.Total);
    }

    [Fact]
    public async Task Kill_BeforeTheCommit_LeavesNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("other", "loss", (1, 1));
        await using var intake = await FilledAsync(store, "new");

        await using var killed = await store.OpenCopyAsync();

        await RequireEmptyAsync(killed);
        Assert.Equal("p", Assert.Single(await killed.Runs.ListProjectsAsync(CancellationToken.None)).Name);
    }

    [Fact]
    public async Task Dispose_WithoutACommit_LeavesNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("other", "loss", (1, 1));
        await using (var intake = await FilledAsync(store, "new"))
        {
        }

        await RequireEmptyAsync(store);
        Assert.Empty(Directory.GetFiles(Path.Combine(store.Folder, "artifacts"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Purge_WhileAProjectComesIn_LeavesItAlone()
    {
        await using var store = await StoreHost.OpenAsync();
        await using var intake = await FilledAsync(store, "new");
        var removed = await store.PushAsync("removed", "loss", (1, 1));
        await store.Runs.RemoveAsync(removed.RunId, CancellationToken.None);

        await UntilAsync(store, """SELECT COUNT(*) FROM "runs" WHERE "Removed" = 1 AND "ProjectKey" > 0""", 0);
        await intake.CommitAsync(12.5);

        await RequireWholeAsync(store);
    }

    [Fact]
    public async Task Names_ThatAreTakenOrComeTwice_AreRefusedWithoutHarm()
    {
        await using var store = await StoreHost.OpenAsync();
        await store.PushAsync("r", "loss", (1, 1));
        await Assert.ThrowsAsync<ProjectNameTakenException>(() => BeginAsync(store, "p"));
        await using var intake = await FilledAsync(store, "new");

        await Assert.ThrowsAsync<ArgumentException>(() => intake.AddRunAsync(Run("run-9", "first"), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => intake.AddScalarsAsync("run-1", "loss", NoBlocks(), CancellationToken.None));
        Assert.Throws<ArgumentException>(() => intake.AddSetting(new SettingInfo("new", "s", "{}", 1, 1)));
        await store.PushAsync(new IngestBatch { Project = "new", Run = "r", Scalars = [new ScalarBlock("t", Batches.Columns((1, 1)))] });
        await Assert.ThrowsAsync<ProjectNameTakenException>(() => intake.CommitAsync(1));

        Assert.Empty(Directory.GetFiles(Path.Combine(store.Folder, "artifacts"), "*", SearchOption.AllDirectories));
        Assert.Equal(StorageState.Ready, store.Health.State);
        Assert.Equal(1, (await store.PushAsync("r", "loss", (2, 1))).Accepted);
    }

    private static Task<IProjectIntake> BeginAsync(StoreHost store, string project) => new ArchiveStore(store.Engine, (StorageHealth)store.Health).BeginAsync(project, CancellationToken.None);

    private static async Task<IProjectIntake> FilledAsync(StoreHost store, string project)
    {
        var intake = await BeginAsync(store, project);
        await intake.AddRunAsync(Run("run-1", "first"), CancellationToken.None);
        await intake.AddRunAsync(Run("run-2", "second") with { Trashed = 7, Status = RunStatus.Failed }, CancellationToken.None);
        await intake.AddScalarsAsync("run-1", "loss", Blocks(), CancellationToken.None);
        await intake.AddRecordsAsync("run-1", RecordKind.Text, "t", Records(), CancellationToken.None);
        var hash = await intake.AddFileAsync(new MemoryStream([1, 2, 3]), CancellationToken.None);
        intake.AddArtifact("run-2", new ArtifactInfo("artifact-1", "a/b", "file", 4, 3, hash, 2, ArtifactOrigin.Unknown, Kept: true));
        var job = new JobInfo { Id = "job-1", Project = project, Kind = "probe", Name = "n", SpecJson = "{}", Status = JobStatus.Succeeded, Created = 1, Finished = 2 };
        await intake.AddJobAsync(new ArchivedJob(job, "cpu", "c"), [9, 9], [new LogLine(1, "said")], CancellationToken.None);
        intake.AddView(new ViewInfo("view-1", project, "view", "v", "{}", 3, 1, 2));
        intake.AddSetting(new SettingInfo(project, "s", "{}", 5, 6));
        intake.AddMark("run-1", new ArchivedMark("email", "plateau", ""));
        return intake;
    }

    private static RunInfo Run(string id, string name) =>
        new() { Id = id, Project = "new", Name = name, Tags = ["a"], ConfigJson = """{"lr":1}""", Notes = "n", Created = 1, Updated = 2, Color = 3 };

    private static async Task RequireWholeAsync(StoreHost store)
    {
        var project = Assert.Single(await store.Runs.ListProjectsAsync(CancellationToken.None), one => one.Name == "new");
        Assert.Equal((12.5, 1), (project.Created, project.Runs));
        var run = (await store.Runs.FindAsync("run-1", CancellationToken.None))!;
        Assert.Equal(("first", "new", 1.0, 2.0, 3), (run.Name, run.Project, run.Created, run.Updated, run.Color));
        Assert.Equal(new ScalarSummary(Value(Points - 1), 0, 999, Points - 1), run.Summary["loss"]);
        var read = (await store.ReadAsync("run-1", "loss"))!;
        Assert.Equal(Enumerable.Range(0, Points).Select(Value), read.Values);
        Assert.Empty(read.Damaged);
        // Through the levels, the coarse ones among them.
        var buckets = (await store.ReadAsync("run-1", "loss", points: 3))!;
        Assert.Equal((0, 999), (buckets.Min.Min(), buckets.Max.Max()));
        Assert.Equal(["second"], (await store.Runs.ListAsync(new RunQuery("new", Trash: true), CancellationToken.None)).Items.Select(one => one.Name));
        Assert.Equal(300, (await store.Series.ReadRecordsAsync("run-1", RecordKind.Text, "t", null, CancellationToken.None))!.Count);
        Assert.True((await store.Artifacts.FindAsync("run-2", "a/b", null, null, CancellationToken.None))!.Value.Info.Kept);
        Assert.Equal([9, 9], (await store.Jobs.ReadResultAsync("job-1", CancellationToken.None))!);
        Assert.Equal("said", Assert.Single((await store.Jobs.ReadLogAsync("job-1", CancellationToken.None))!).Message);
        Assert.Equal(5, (await store.Settings.FindAsync("new", "s", CancellationToken.None))!.Revision);
    }

    private static async Task RequireEmptyAsync(StoreHost store)
    {
        // Purged as removed runs are: in steps, in the background.
        foreach (var table in new[] { "chunks", "chunk_data", "coarse_levels", "records" }) await UntilAsync(store, $"SELECT COUNT(*) FROM \"{table}\" WHERE 1", 0);
        await UntilAsync(store, """SELECT COUNT(*) FROM "runs" """, 1);
        foreach (var table in new[] { "jobs", "job_results", "job_log" }) await UntilAsync(store, $"SELECT COUNT(*) FROM \"{table}\"", 0);
        Assert.Null(await store.Runs.FindAsync("run-1", CancellationToken.None));
    }

    // The writer answers in turn, so each question lets the housekeeping do a step before the next.
    private static async Task UntilAsync(StoreHost store, string sql, long expected)
    {
        for (var times = 0; ; times++)
        {
            var found = await store.Engine.Database.ReadAsync(connection =>
            {
                using var select = new Statement(connection, sql, 0);
                return (long)select.Scalar()!;
            }, CancellationToken.None);
            if (found == expected) return;
            Assert.True(times < 3000, $"{sql}: {found} instead of {expected}.");
            // Housekeeping looks once a second by the real clock.
            await Task.Delay(10);
        }
    }

    private static double Value(int index) => index * 37 % 1000;

    private static async IAsyncEnumerable<SeriesColumns> Blocks()
    {
        for (var from = 0; from < Points; from += SeriesLevels.ChunkSpan)
        {
            await Task.Yield();
            var count = Math.Min(SeriesLevels.ChunkSpan, Points - from);
            yield return new SeriesColumns(
                [.. Enumerable.Range(from, count).Select(index => (long)index)], new double[count], [.. Enumerable.Range(from, count).Select(Value)], count);
        }
    }

    private static async IAsyncEnumerable<SeriesColumns> NoBlocks()
    {
        await Task.Yield();
        yield break;
    }

    private static async IAsyncEnumerable<RecordBlock> Records()
    {
        for (var step = 0; step < 300; step++)
        {
            await Task.Yield();
            yield return new RecordBlock(RecordKind.Text, "t", step, step, new byte[10_000]);
        }
    }
}
