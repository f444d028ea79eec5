using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Learning rates of a run with the courses they take, and the course that its configuration announces.</summary>
internal static class ProcessSchedules
{
    // As many points as a chart has room for.
    private const int DrawnPoints = 400;

    public static ScheduleView Recognised(ScalarWindow window, double until)
    {
        var fit = ScheduleRecognition.Recognise([.. window.Steps.Select(step => (double)step)], window.Values);
        return fit is null
            ? new ScheduleView(window.Tag, null, null, window.Steps.Length)
            : new ScheduleView(window.Tag, View(fit.Course, window.Steps.Min(), Math.Max(until, window.Steps.Max())), fit.MaxRelativeError, fit.Points);
    }

    public static SchedulePlanView Planned(TrainingSettings settings, double until)
    {
        var plan = SchedulePlan.Of(settings);
        return new SchedulePlanView(plan.Course is null ? null : View(plan.Course, 0, Math.Max(plan.Total ?? 0, until)), plan.Named, plan.Why);
    }

    private static ScheduleCourseView View(ScheduleCourse course, double from, double until)
    {
        // Whole steps, and both sides of each drop, so that an edge is drawn as one.
        var steps = new SortedSet<double>();
        for (var at = 0; at < DrawnPoints; at++)
            steps.Add(Math.Round(from + ((until - from) * at / (DrawnPoints - 1))));
        foreach (var edge in course.Drops.Concat(Edges(course, from, until)).Where(step => step > from && step <= until))
        {
            steps.Add(Math.Ceiling(edge) - 1);
            steps.Add(Math.Ceiling(edge));
        }
        var drawn = steps.Where(step => step >= from && double.IsFinite(course.At(step))).ToArray();
        var rise = course.WarmUp is { } warmUp ? new ScheduleWarmUpView(warmUp.Shape, warmUp.From, warmUp.To, warmUp.End - warmUp.Start) : null;
        return new ScheduleCourseView(JsonNamingPolicy.SnakeCaseLower.ConvertName(course.Kind.ToString()), course.Parameters, rise, course.Drops, drawn, [.. drawn.Select(course.At)]);
    }

    private static IEnumerable<double> Edges(ScheduleCourse course, double from, double until)
    {
        if (course.WarmUp is { } rise)
            yield return rise.End;
        if (course.Kind != ScheduleKind.Step || !course.Parameters.TryGetValue("period", out var period) || !(period > 0) || (until - from) / period > DrawnPoints)
            yield break;
        for (var edge = (course.WarmUp?.End ?? from) + period; edge <= until; edge += period)
            yield return edge;
    }
}
