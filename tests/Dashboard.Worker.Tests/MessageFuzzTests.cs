using System.Text;
using Dashboard.Fuzzing;

namespace Dashboard.Worker.Tests;

/// <summary>What an engine says, which a module may have taken over.</summary>
public sealed class MessageFuzzTests
{
    [Fact]
    public void Message_OfAnyBytes_IsReadOrRefused()
    {
        byte[][] corpus =
        [
            EngineFrames.Encode(new EngineMessage { Type = EngineMessages.Progress, Progress = 0.5, Text = "Loading the batch", SecondsLeft = 3 }),
            EngineFrames.Encode(new EngineMessage { Type = EngineMessages.Error, Code = "bad_input", Text = "no" }),
            [.. EngineFrames.Encode(new EngineMessage { Type = EngineMessages.Ready, Runtime = new EngineRuntime("libtorch", ["cpu"], null) }), .. EngineFrames.Encode(new EngineMessage { Type = EngineMessages.Cancelled })],
        ];
        byte[][] words = [.. new[] { "\"type\"", "\"part\"", "\"result\"", "\"block\"", "\"progress\"", "{", "}", "[", "]", ",", ":", "null", "\"NaN\"" }.Select(Encoding.UTF8.GetBytes)];

        var tried = Fuzz.Run(new FuzzCase("engine message", corpus, data =>
        {
            using var stream = new MemoryStream(data);
            while (EngineFrames.ReadAsync(stream).AsTask().GetAwaiter().GetResult() is not null) { }
        }, typeof(InvalidDataException))
        { Words = words, Seal = WithLength });

        Assert.True(tried > 500, $"{tried} inputs");
    }

    // The length that the first message would have, so that its JSON is read.
    private static byte[] WithLength(byte[] data) => data.Length < 4 ? data : [.. BitConverter.GetBytes(data.Length - 4), .. data.AsSpan(4)];
}
