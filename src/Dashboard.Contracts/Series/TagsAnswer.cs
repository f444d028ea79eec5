namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/series/tags</c>.</summary>
/// <param name="Seq">Commit that the answer is not older than; subscribe with it as <c>after_seq</c>.</param>
/// <param name="Types">Tags by kind of series, each once, in the order of their UTF-8 bytes; an empty list where the runs have none of a kind that was asked for.</param>
public sealed record TagsAnswer(long Seq, IReadOnlyDictionary<string, IReadOnlyList<string>> Types);
