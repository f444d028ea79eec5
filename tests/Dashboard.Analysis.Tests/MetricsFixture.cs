using System.Text.Json;
using Dashboard.Torch.Tests;

namespace Dashboard.Analysis.Tests;

/// <summary>Made predictions, with scikit-learn's answers to them.</summary>
public sealed class MetricsFixture : IAsyncLifetime
{
    private readonly Dictionary<string, JsonElement> _cases = [];

    public JsonElement this[string name] => _cases[name];

    public async Task InitializeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-metrics-").FullName;
        try
        {
            await PythonScript.RunAsync("metrics_peers.py", "check", folder);
            foreach (var file in Directory.GetFiles(folder, "*.json"))
            {
                using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
                _cases[Path.GetFileNameWithoutExtension(file)] = document.RootElement.Clone();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Null ? double.NaN : one.GetDouble())];

    internal static double[] Flat(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(Numbers)];

    internal static ScoredSamples Samples(JsonElement made) =>
        new([.. made.GetProperty("labels").EnumerateArray().Select(one => one.GetInt64())], Flat(made.GetProperty("scores")), made.GetProperty("columns").GetInt32());
}
