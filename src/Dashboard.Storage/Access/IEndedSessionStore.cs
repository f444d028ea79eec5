namespace Dashboard.Storage;

/// <summary>Sessions that people signed out of, until their cookies run out by themselves.</summary>
public interface IEndedSessionStore
{
    /// <summary>Adds one, and forgets those whose cookies have run out.</summary>
    /// <param name="id">Id of the session.</param>
    /// <param name="until">When its cookie runs out, in seconds since the Unix epoch.</param>
    Task AddAsync(string id, double until);

    /// <summary>Ids of all.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation);
}
