using System.Text.Json;
using Dashboard.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dashboard.Server.Tests;

public sealed class CommandTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();
    private readonly string _place = Directory.CreateTempSubdirectory("lossboard-commands-").FullName;

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_place, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(false, "--port", "0")]
    [InlineData(false, "--urls=http://localhost:1")]
    [InlineData(true, "verify")]
    [InlineData(true, "nonsense")]
    [InlineData(true, "--help")]
    public void Asks_FirstArgument_SaysWhetherItIsACommand(bool asks, params string[] args) => Assert.Equal(asks, CommandLine.Asks(args));

    [Theory]
    [InlineData(0, "Without a command it serves", "help")]
    [InlineData(2, "There is no command 'nonsense'", "nonsense")]
    [InlineData(2, "--to DIR is missing", "backup", "--data", "x")]
    [InlineData(2, "'--too' is no option of backup", "backup", "--too", "x")]
    [InlineData(2, "'x' is no option of backup", "backup", "x")]
    [InlineData(2, "--to needs a value", "backup", "--to")]
    [InlineData(2, "--json takes no value", "verify", "--json=1")]
    [InlineData(2, "--data is given twice", "verify", "--data", "a", "--data=b")]
    [InlineData(0, "Usage: lossboard restore --from DIR --data DIR", "restore", "--help")]
    [InlineData(2, "There is no Lossboard data", "verify", "--data", "/nowhere/at/all")]
    public async Task Run_Called_SaysWhatIsWrongWithTheCall(int expected, string words, params string[] args)
    {
        var (code, said) = await RunAsync(args);

        Assert.Equal(expected, code);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackupRestoreVerify_OfAServerThatRuns_GoRound()
    {
        var run = (await _client.PostEventsAsync(
            """
            {"project":"p","run":"r","events":[{"type":"scalars","tag":"loss","steps":[1,2],"values":[1,"NaN"]},{"type":"histogram","tag":"h","step":1,"values":[1,2]},{"type":"text","tag":"t","step":1,"text":"é"},
             {"type":"embedding","tag":"e","step":1,"vectors":[[1,2],[3,4]],"metadata":{"label":["a","b"]}},{"type":"predictions","tag":"v","step":1,"labels":[0],"scores":[[0.5,0.5]]},
             {"type":"labels","split":"train","counts":{"a":1}},{"type":"phase","name":"load","started":1,"ended":2}]}
            """)).Text("run_id")!;

        var online = await RunAsync("verify", "--data", server.Folder);
        var backup = await RunAsync("backup", "--data", server.Folder, "--to", At("one"));
        var restore = await RunAsync("restore", "--from", At("one"), "--data", At("data"));
        var again = await RunAsync("restore", "--from", At("one"), "--data", At("data"));
        var sound = await RunAsync("verify", "--data", At("data"), "--json");
        Change(At("data"), """UPDATE "records" SET "Payload" = CAST('{"a":' AS BLOB), "Crc" = 2198871974 WHERE "SeriesKey" = (SELECT "Key" FROM "series" WHERE "Tag" = 'train')""");
        Change(At("data"), """UPDATE "runs" SET "Config" = '{'""");
        var damaged = await RunAsync("verify", "--data", At("data"));

        Assert.All(new[] { online, backup, restore, sound }, one => Assert.True(one.Code == 0, one.Said));
        Assert.Contains("6 records", restore.Said, StringComparison.Ordinal);
        Assert.Equal((2, true), (again.Code, again.Said.Contains("holds something already", StringComparison.Ordinal)));
        var report = JsonDocument.Parse(sound.Said).RootElement;
        Assert.Equal((0, 6), (report.GetProperty("damage_count").GetInt32(), report.GetProperty("counts").GetProperty("records").GetInt32()));
        Assert.Equal(1, damaged.Code);
        Assert.Contains($"p / r ({run}), train, step 0", damaged.Said, StringComparison.Ordinal);
        // Its checksum was made to fit: only the decoder can tell.
        Assert.Contains("Labels: it cannot be decoded", damaged.Said, StringComparison.Ordinal);
        Assert.Contains("configuration of the run", damaged.Said, StringComparison.Ordinal);
        File.Delete(Path.Combine(At("one"), "lossboard.db"));
        var lost = await RunAsync("restore", "--from", At("one"), "--data", At("other"));
        Assert.Equal((1, true), (lost.Code, lost.Said.Contains("lossboard.db: it is missing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Round_OfAutomaticBackups_KeepsTheNewestAndIsDueAgainLater()
    {
        await _client.PostEventsAsync("""{"project":"auto","run":"r","events":[{"type":"scalar","tag":"loss","step":1,"value":1}]}""");
        var clock = new ShiftedTime();
        var status = new BackupStatus();
        var rounds = new BackupRounds(
            Options.Create(new BackupOptions { Folder = At("auto"), EveryHours = 2, Keep = 2 }), Options.Create(new StorageOptions { DataFolder = server.Folder }), status, clock, NullLogger<BackupRounds>.Instance);
        // Somebody's own beside them is nobody's business.
        Assert.Equal(0, (await RunAsync("backup", "--data", server.Folder, "--to", Path.Combine(At("auto"), "mine"))).Code);
        var dues = new List<double>();
        for (var turn = 0; turn < 3; turn++)
        {
            dues.Add(rounds.UntilDue().TotalHours);
            Assert.True(rounds.Run(CancellationToken.None));
            dues.Add(rounds.UntilDue().TotalHours);
            clock.Move(TimeSpan.FromHours(3));
        }
        var whole = FolderBackup.All(At("auto")).Select(path => Path.GetFileName(path)!).ToList();
        var elsewhere = new BackupRounds(
            Options.Create(new BackupOptions { Folder = At("auto") }), Options.Create(new StorageOptions { DataFolder = At("nowhere") }), status, clock, NullLogger<BackupRounds>.Instance);

        Assert.Equal(3, whole.Count);
        Assert.Contains("mine", whole);
        Assert.All(dues.Where((_, at) => at % 2 == 0), due => Assert.Equal(0, due));
        // Two hours, less what the backup itself took.
        Assert.All(dues.Where((_, at) => at % 2 == 1), due => Assert.InRange(due, 1.9, 2));
        Assert.True(status.Read()["last_success_timestamp_seconds"] > 0);
        Assert.Equal(0, status.Read()["failed"]);
        Assert.False(elsewhere.Run(CancellationToken.None));
        Assert.Equal((1, 1), (status.Read()["failed"], status.Read()["failures_total"]));
        Assert.Equal(3, FolderBackup.All(At("auto")).Count);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] args)
    {
        using var said = new StringWriter();
        using var console = new CommandConsole(said, said, TimeProvider.System);
        var code = await CommandLine.RunAsync(args, console);
        return (code, said.ToString());
    }

    private static void Change(string folder, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "lossboard.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private string At(string name) => Path.Combine(_place, name);
}
