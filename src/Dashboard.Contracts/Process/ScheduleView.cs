namespace Dashboard.Contracts;

/// <summary>A learning rate that was logged, and the course it takes.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Course">What it follows; null where nothing known fits.</param>
/// <param name="MaxRelativeError">Largest distance of the course from the logged rates over the largest rate; null without a course.</param>
/// <param name="Points">Rates that were looked at.</param>
public sealed record ScheduleView(string Tag, ScheduleCourseView? Course, double? MaxRelativeError, int Points);
