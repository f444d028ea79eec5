using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Worker.Tests;

/// <summary>What a program behind the walls finds: asked by a shell, which can try more than a module can.</summary>
public sealed class WallsTests : IDisposable
{
    private const string Planted = "LOSSBOARD_WALLS_TEST_SECRET";
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-walls-").FullName;
    private readonly StarterThread _starter = new();

    public WallsTests()
    {
        Environment.SetEnvironmentVariable(Planted, "in the worker's environment");
        File.WriteAllText(Secret, "in another folder");
        Directory.CreateDirectory(Inputs);
        File.WriteAllText(Path.Combine(Inputs, "model"), "an input");
        InheritedDescriptors.KeepFromChildren();
    }

    private string Secret => Path.Combine(_folder, "secret");

    private string Inputs => Path.Combine(_folder, "inputs");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Planted, null);
        _starter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<WallKind> StrongestAsync(EngineFiles files)
    {
        var (kind, why) = await Walls.StrongestAsync(_starter, files, _folder, CancellationToken.None);
        Assert.True(kind != WallKind.None, why);
        return kind;
    }

    private async Task<(int Code, string Output)> SayAsync(WallKind kind, string script, long processorSeconds = 0)
    {
        var files = await EngineFiles.FindAsync(_starter, CancellationToken.None);
        var command = new Walls(files, kind).Around(new EngineStart(Inputs, null, 1 << 30, processorSeconds), ["bash", "-c", script]);
        var ran = await CommandRun.RunAsync(_starter, command[0], [.. command.Skip(1)], CancellationToken.None);
        return (ran!.Value.Code, ran.Value.Output + ran.Value.Errors);
    }

    [Theory]
    [InlineData(nameof(WallKind.OwnUser))]
    [InlineData(nameof(WallKind.SameUser))]
    public async Task Walls_ShowAndAllowNothingButTheInputs(string named)
    {
        var kind = Enum.Parse<WallKind>(named);
        // Only root can make another user of its engine.
        if (kind == WallKind.OwnUser && !Environment.IsPrivilegedProcess) return;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var (_, said) = await SayAsync(kind, $$"""
            echo "user $(id -u) $(id -g)"
            grep -E '^(CapEff|CapPrm|CapBnd|NoNewPrivs)' /proc/self/status | tr -d '\t' | tr '\n' ' '; echo
            echo "processes $(ls -d /proc/[0-9]* | wc -l)"
            echo "interfaces $(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' ' | tr '\n' ' ')"
            echo "descriptors $(ls /proc/self/fd | tr '\n' ' ')"
            echo "environment $(env | grep -c {{Planted}})"
            echo "limits $(ulimit -f) $(ulimit -c) $(ulimit -n) $(ulimit -u) $(ulimit -d)"
            echo "input $(cat /inputs/model)"
            try() { if ( eval "$2" ) >/dev/null 2>&1; then echo "$1 done"; else echo "$1 refused"; fi; }
            try secret 'cat {{Secret}}'
            try passwd 'cat /etc/passwd'
            try environment 'cat /proc/{{Environment.ProcessId}}/environ | grep -q {{Planted}}'
            try connect 'exec 3<>/dev/tcp/127.0.0.1/{{port}}'
            try input 'echo x >> /inputs/model'
            try new 'true > /inputs/more'
            try system 'true > /usr/bin/more'
            try scratch 'echo x > /tmp/file'
            try shared 'echo x > /dev/shm/file'
            try mount 'mount -t tmpfs none /tmp'
            try user 'setpriv --reuid 0 true'
            """);

        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("user 65534 65534", lines);
        Assert.Contains("CapPrm:0000000000000000 CapEff:0000000000000000 CapBnd:0000000000000000 NoNewPrivs:1 ", lines);
        Assert.Contains("interfaces lo ", lines);
        // Three streams, and the listing's own.
        Assert.Contains("descriptors 0 1 2 3 ", lines);
        Assert.Contains("environment 0", lines);
        Assert.Contains("limits 0 0 1024 1024 1048576", lines);
        Assert.Contains("input an input", lines);
        // Bubblewrap, this shell and what it has started.
        Assert.InRange(int.Parse(lines.Single(line => line.StartsWith("processes ", StringComparison.Ordinal))[10..], CultureInfo.InvariantCulture), 1, 8);
        Assert.DoesNotContain(lines, line => line.EndsWith(" done", StringComparison.Ordinal));
        Assert.Equal(11, lines.Count(line => line.EndsWith(" refused", StringComparison.Ordinal)));
        Assert.False(listener.Pending());
        Assert.Equal("an input", await File.ReadAllTextAsync(Path.Combine(Inputs, "model")));
    }

    [Fact]
    public async Task Walls_OfRoot_MakeAnotherUserToTheMachineToo()
    {
        if (!Environment.IsPrivilegedProcess) return;
        var files = await EngineFiles.FindAsync(_starter, CancellationToken.None);

        Assert.Equal(WallKind.OwnUser, await StrongestAsync(files));
        // Within a user's namespace the map would name one user alone.
        var (_, said) = await SayAsync(WallKind.OwnUser, "cat /proc/self/uid_map");
        Assert.Equal(["0", "0", "4294967295"], said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Walls_ProcessorTime_Ends()
    {
        var files = await EngineFiles.FindAsync(_starter, CancellationToken.None);

        var (code, _) = await SayAsync(await StrongestAsync(files), "while :; do :; done", processorSeconds: 1);

        // SIGXCPU, as a shell reports it.
        Assert.Equal(128 + 24, code);
    }
}
