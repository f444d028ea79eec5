using System.Text.Json;

namespace Dashboard.Faults.Tests;

/// <summary>A whole answer of the server.</summary>
internal sealed record Answer(int Status, string? MediaType, string Text, bool HasRetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(
                (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter is not null);
        }
    }

    /// <summary>Asserts that this is a problem in the form every refusal has.</summary>
    public void AssertProblem(int status, string code, bool retryable)
    {
        Assert.True(Status == status, $"Expected {status} {code}, got {Status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        var problem = Json;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(retryable, problem.GetProperty("retryable").GetBoolean());
        foreach (var name in new[] { "type", "title", "detail", "instance", "request_id" })
            Assert.False(string.IsNullOrEmpty(problem.GetProperty(name).GetString()), $"{name} is empty in {Text}");
    }
}
