namespace Dashboard.Analysis;

/// <summary>Watches a projection: how far it is, and the points while they move. Called from one thread at a time; what it takes, the projection waits for.</summary>
public interface IProjectionObserver : IEmbeddingObserver
{
    /// <summary>Some more is done, or another stage begins.</summary>
    void Advance(ProjectionProgress progress);
}
