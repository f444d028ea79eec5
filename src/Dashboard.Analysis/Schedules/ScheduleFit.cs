namespace Dashboard.Analysis;

/// <summary>A course that a logged learning rate follows.</summary>
/// <param name="Course">The course.</param>
/// <param name="MaxRelativeError">Largest distance from the logged rates over the largest rate.</param>
/// <param name="Points">Rates that were looked at.</param>
public sealed record ScheduleFit(ScheduleCourse Course, double MaxRelativeError, int Points);
