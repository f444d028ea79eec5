namespace Dashboard.Contracts;

/// <summary>A project that came in from an archive.</summary>
/// <param name="Project">Its name here.</param>
/// <param name="Runs">Runs, those in the trash among them.</param>
/// <param name="Series">Series of every kind.</param>
/// <param name="Points">Scalar points.</param>
/// <param name="Records">Everything logged that is no scalar.</param>
/// <param name="Artifacts">Versions of artifacts.</param>
/// <param name="Views">Saved views, queries and reports.</param>
/// <param name="Jobs">Jobs that have ended.</param>
/// <param name="Content">Content checksum: that of the archive, and of what is stored now.</param>
public sealed record ImportAnswer(string Project, int Runs, long Series, long Points, long Records, int Artifacts, int Views, int Jobs, string Content);
