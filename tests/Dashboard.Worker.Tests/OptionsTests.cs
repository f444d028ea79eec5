namespace Dashboard.Worker.Tests;

public sealed class OptionsTests
{
    private static (WorkerOptions? Options, IReadOnlyList<string> Failures) Read(string line, params (string Name, string Value)[] environment) =>
        new WorkerOptionsReader(name => name == "HOME" ? "/home/somebody" : environment.FirstOrDefault(variable => variable.Name == name).Value)
            .Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Options_OnTheCommandLine_AreTaken()
    {
        var (options, failures) = Read("--server http://host:6006 --key=lb_k --name gpu --device cuda --cores 3 --memory 2G --stall-seconds 30 --limit-seconds 3600 --scratch /s --no-walls --parent 7");

        Assert.Empty(failures);
        Assert.Equal(
            new WorkerOptions
            {
                Server = new Uri("http://host:6006"),
                Key = "lb_k",
                KeyIsVisible = true,
                Name = "gpu",
                Device = "cuda",
                Cores = 3,
                Memory = 2L << 30,
                Stall = TimeSpan.FromSeconds(30),
                Longest = TimeSpan.FromHours(1),
                Scratch = "/s",
                Walls = false,
                Parent = 7,
            },
            options);
    }

    [Fact]
    public void Options_OfTheEnvironment_FillWhatTheCommandLineLeaves()
    {
        var (options, _) = Read("--device cpu", ("LOSSBOARD_URL", "https://host"), ("LOSSBOARD_API_KEY", "lb_e"), ("LOSSBOARD_WORKER_DEVICE", "cuda"));

        Assert.Equal("https://host/", options!.Server.AbsoluteUri);
        Assert.Equal("lb_e", options.Key);
        Assert.Equal("cpu", options.Device);
        Assert.Equal("/home/somebody/.cache/lossboard-worker", options.Scratch);
        Assert.True(options.Walls);
    }

    [Fact]
    public void Key_InSeveralPlaces_IsTakenFromTheNearest()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "lb_file\n");
            (string, string)[] environment = [("LOSSBOARD_WORKER_KEY", "lb_worker"), ("LOSSBOARD_API_KEY", "lb_api"), ("LOSSBOARD_WORKER_KEY_FILE", file)];

            Assert.Equal("lb_line", Read("--server http://host --key lb_line", environment).Options!.Key);
            Assert.Equal("lb_file", Read($"--server http://host --key-file {file}", environment).Options!.Key);
            Assert.Equal("lb_worker", Read("--server http://host", environment).Options!.Key);
            Assert.Equal("lb_file", Read("--server http://host", environment[2]).Options!.Key);
            Assert.Equal("lb_api", Read("--server http://host", environment[1]).Options!.Key);
            Assert.False(Read("--server http://host", environment).Options!.KeyIsVisible);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void KeyFile_Missing_IsNamed() =>
        Assert.StartsWith("--key-file: /nowhere/key cannot be read", Assert.Single(Read("--server http://host --key-file /nowhere/key").Failures), StringComparison.Ordinal);

    [Fact]
    public void Options_WithFaults_NameEveryOne()
    {
        var (options, failures) = Read("--device tpu --cores 0 --memory 3M --stall-seconds soon --limit-seconds 0 --speed 9 --name");

        Assert.Null(options);
        string[] named = ["--speed", "--name", "--server", "--device", "--cores", "--memory", "--stall-seconds", "--limit-seconds"];
        Assert.All(named.SkipWhile(name => name == "--speed"), name => Assert.Contains(failures, failure => failure.StartsWith(name, StringComparison.Ordinal)));
        Assert.Contains(failures, failure => failure.StartsWith("--speed: there is no such option", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("auto", new[] { "cpu", "cuda:0", "cuda:1" }, new[] { "cpu", "cuda:0", "cuda:1" })]
    [InlineData("cuda", new[] { "cpu", "cuda:0" }, new[] { "cuda:0" })]
    [InlineData("cpu", new[] { "cpu", "cuda:0" }, new[] { "cpu" })]
    [InlineData("cuda", new[] { "cpu" }, new string[0])]
    public void Lanes_FollowDevices(string device, string[] devices, string[] lanes)
    {
        var options = Read($"--server http://host --device {device}").Options!;

        var made = LanePlan.Make(options, devices, 8L << 30);

        Assert.Equal(lanes, made.Select(lane => lane.Name));
        Assert.All(made, lane => Assert.Equal((6L << 30) / lanes.Length, lane.MemoryBytes));
    }
}
