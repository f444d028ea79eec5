using System.Runtime.InteropServices;

namespace Dashboard.Worker;

/// <summary>Sends tables through the pipe in pieces.</summary>
internal static class EngineBlocks
{
    // As text a third more: far below the longest message, and soon enough written for a cancellation.
    private const int PieceBytes = 4 << 20;

    /// <summary>Sends rows that follow those sent before.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="name">One of <see cref="EngineBlockNames"/>.</param>
    /// <param name="rows">Rows in all.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="first">First of these rows.</param>
    /// <param name="values">Whole rows.</param>
    public static void Send(EngineContext context, string name, int rows, int columns, int first, ReadOnlySpan<float> values)
    {
        var piece = Math.Max(1, PieceBytes / sizeof(float) / columns) * columns;
        for (var done = 0; done < values.Length; done += piece)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var part = values.Slice(done, Math.Min(piece, values.Length - done));
            context.Output.Block(new EngineBlock { Name = name, Rows = rows, Columns = columns, First = first + done / columns, Packed = MemoryMarshal.AsBytes(part).ToArray() });
        }
    }
}
