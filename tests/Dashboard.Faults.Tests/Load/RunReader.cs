using System.Text.Json;

namespace Dashboard.Faults.Tests;

/// <summary>Reads back whatever a project holds.</summary>
internal static class RunReader
{
    /// <summary>Ids of the project's runs by name; empty where there is no such project.</summary>
    public static async Task<Dictionary<string, string>> RunsAsync(HttpClient http, string project)
    {
        var answer = await GetAsync(http, $"/api/v1/runs?project={Uri.EscapeDataString(project)}&limit=1000");
        return answer.Status == 404
            ? []
            : Ok(answer).GetProperty("items").EnumerateArray().ToDictionary(run => run.GetProperty("name").GetString()!, run => run.GetProperty("id").GetString()!);
    }

    /// <summary>Everything that a run holds.</summary>
    public static async Task<Ledger> ReadAsync(HttpClient http, string runId)
    {
        var ledger = new Ledger();
        foreach (var series in Ok(await GetAsync(http, $"/api/v1/runs/{runId}/series")).GetProperty("items").EnumerateArray())
        {
            var tag = series.GetProperty("tag").GetString()!;
            var count = series.GetProperty("count").GetInt64();
            switch (series.GetProperty("type").GetString())
            {
                case "scalar":
                    Assert.Equal(count, (ledger.Scalars[tag] = await ScalarsAsync(http, runId, tag)).Count);
                    break;
                case "histogram":
                    Assert.Equal(count, (ledger.Histograms[tag] = await HistogramsAsync(http, runId, tag)).Count);
                    break;
                case "text":
                    Assert.Equal(count, (ledger.Notes[tag] = await NotesAsync(http, runId, tag)).Count);
                    break;
                case var type:
                    throw new InvalidOperationException($"Nobody sent a series '{tag}' of type {type}.");
            }
        }
        return ledger;
    }

    /// <summary>Every stored point of a series.</summary>
    public static async Task<List<Point>> ScalarsAsync(HttpClient http, string runId, string tag) => Points(await ScalarsJsonAsync(http, runId, tag, 0));

    /// <summary>The answer of a scalar read.</summary>
    public static async Task<JsonElement> ScalarsJsonAsync(HttpClient http, string runId, string tag, int points) =>
        Ok(await GetAsync(http, $"/api/v1/runs/{runId}/scalars?tag={Uri.EscapeDataString(tag)}&points={points}"));

    /// <summary>The points in the answer of a scalar read.</summary>
    public static List<Point> Points(JsonElement answer)
    {
        var (steps, times, values) = (answer.GetProperty("steps"), Numbers(answer.GetProperty("wall_times")), Numbers(answer.GetProperty("values")));
        return steps.EnumerateArray().Select((step, i) => new Point(step.GetInt64(), times[i], values[i])).ToList();
    }

    public static async Task<Answer> GetAsync(HttpClient http, string path) => await Answer.OfAsync(await http.GetAsync(new Uri(path, UriKind.Relative)));

    private static async Task<List<Histogram>> HistogramsAsync(HttpClient http, string runId, string tag)
    {
        var answer = Ok(await GetAsync(http, $"/api/v1/runs/{runId}/histograms?tag={Uri.EscapeDataString(tag)}"));
        return answer.GetProperty("steps").EnumerateArray()
            .Select((step, i) => new Histogram(tag, step.GetInt64(), Numbers(answer.GetProperty("edges")[i]), Numbers(answer.GetProperty("counts")[i]))).ToList();
    }

    private static async Task<List<Note>> NotesAsync(HttpClient http, string runId, string tag)
    {
        var answer = Ok(await GetAsync(http, $"/api/v1/runs/{runId}/texts?tag={Uri.EscapeDataString(tag)}"));
        return answer.GetProperty("steps").EnumerateArray()
            .Select((step, i) => new Note(tag, step.GetInt64(), answer.GetProperty("texts")[i].GetString()!)).ToList();
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Number
        ? number.GetDouble()
        : number.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new InvalidOperationException($"'{other}' is not a number."),
        })];

    private static JsonElement Ok(Answer answer) =>
        answer.Status == 200 ? answer.Json : throw new InvalidOperationException($"A read was answered {answer.Status}: {answer.Text}");
}
