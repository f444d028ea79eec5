namespace Dashboard.Faults.Tests;

/// <summary>One request of a training job, with the key under which it may be sent again.</summary>
internal sealed record Batch(string Project, string Run, string Key)
{
    public List<(string Tag, Point[] Points)> Scalars { get; } = [];

    public List<Histogram> Histograms { get; } = [];

    public List<Note> Notes { get; } = [];

    /// <summary>Whether the compact binary form is used, which holds scalars only.</summary>
    public bool Binary { get; init; }

    public HttpRequestMessage ToRequest(Uri server)
    {
        var content = new ByteArrayContent(Binary ? BinaryBody.Write(this) : JsonBody.Write(this));
        content.Headers.ContentType = new(Binary ? "application/vnd.lossboard.scalars" : "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/api/v1/events")) { Content = content };
        request.Headers.Add("Idempotency-Key", Key);
        return request;
    }
}
