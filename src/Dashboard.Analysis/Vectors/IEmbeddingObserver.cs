namespace Dashboard.Analysis;

/// <summary>Watches coordinates while they are found.</summary>
public interface IEmbeddingObserver
{
    /// <summary>Whether it wants to see the coordinates after this iteration. Asked after each, from the computing thread.</summary>
    bool Wants(int iteration, int iterations);

    /// <summary>The coordinates as they are now. They change again after the call.</summary>
    void Show(int iteration, int iterations, VectorTable coordinates);
}
