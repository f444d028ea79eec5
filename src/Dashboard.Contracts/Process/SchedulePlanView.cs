namespace Dashboard.Contracts;

/// <summary>The course that a configuration announces.</summary>
/// <param name="Course">The course, or null.</param>
/// <param name="Named">What the configuration calls it, or null.</param>
/// <param name="Why">Why there is none: <c>no_schedule</c>, <c>unknown_schedule</c>, <c>no_rate</c>, <c>depends</c> on the loss, <c>no_length</c>, or <c>no_epoch</c>: it counts epochs, and how many steps one has is not said.</param>
public sealed record SchedulePlanView(ScheduleCourseView? Course, string? Named, string? Why);
