using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Writes messages to the worker's pipe.</summary>
internal sealed class EngineOutput(Stream pipe, TimeProvider time) : IEngineOutput
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long _progressAt;
    private string? _text;

    public void Part(string stage, int index, JsonElement data) =>
        Send(new EngineMessage { Type = EngineMessages.Part, Part = new JobPart { Stage = stage, Index = index, Data = data } });

    public void Block(EngineBlock block) => Send(new EngineMessage { Type = EngineMessages.Block, Block = block });

    public void Progress(double share, string text, double? secondsLeft)
    {
        lock (_gate)
        {
            if (text == _text && time.GetElapsedTime(_progressAt) < BetweenProgress) return;
            (_text, _progressAt) = (text, time.GetTimestamp());
        }
        Send(new EngineMessage { Type = EngineMessages.Progress, Progress = Math.Clamp(share, 0, 1), Text = text, SecondsLeft = secondsLeft });
    }

    public void Note(string text) => Send(new EngineMessage { Type = EngineMessages.Note, Text = text });

    public void Send(EngineMessage message)
    {
        var frame = EngineFrames.Encode(message);
        lock (_gate)
        {
            pipe.Write(frame);
            pipe.Flush();
        }
    }
}
