using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Tells how a projection goes, and shows pictures on the way.</summary>
/// <param name="context">Whom it tells.</param>
/// <param name="rows">Vectors.</param>
/// <param name="dims">Dimensions of the pictures.</param>
/// <param name="from">Share of the whole job that was done before.</param>
internal sealed class ProjectionWatcher(EngineContext context, int rows, int dims, double from) : IProjectionObserver
{
    private readonly FramePlan _frames = new(rows, dims);
    private int _index = context.Task.FirstFrame;

    public void Advance(ProjectionProgress progress) => context.Output.Progress(from + (1 - from) * progress.Share, progress.Stage, progress.SecondsLeft);

    public bool Wants(int iteration, int iterations) => _frames.Wants(iteration, iterations);

    public void Show(int iteration, int iterations, VectorTable coordinates)
    {
        _frames.Shown(iteration, iterations);
        if (coordinates.Rows != rows || coordinates.Columns != dims || ProjectionFrame.Of(iteration, iterations, coordinates) is not { } frame) return;
        context.Output.Part(ProjectionStageNames.Frame, _index++, JsonSerializer.SerializeToElement(frame, ContractsJson.Default.ProjectionFramePart));
    }
}
