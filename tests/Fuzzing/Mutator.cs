using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Fuzzing;

/// <summary>Makes inputs of a corpus: it knows numbers in text and in binary, brackets, lengths, and the words of the format. One seed gives one sequence.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words)
{
    // Inputs stay small, so that a second reads thousands; one of these may be nested a hundred thousand times.
    private const int Longest = 64 << 10;
    private const int DeepNesting = 100_000;

    private static readonly byte[][] Numbers = [.. new[] { "0", "-0", "-1", "1e400", "-1e400", "1e-400", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "0.1", "1e999999999", "NaN", "null", "007", "1.7976931348623157e308", new string('9', 400) }.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] Odd = [[0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0xF4, 0x90, 0x80, 0x80], .. new[] { "\r\n", "\t", "\"", "\\", "\\u0000", "\\ud800", "//", "/*", "<script>", "=1+1", "../", "%00", "\u202E", "😀" }.Select(Encoding.UTF8.GetBytes)];
    private static readonly long[] Lengths = [0, 1, -1, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 32, 1L << 40, (1L << 61) + 1];
    private static readonly string[] Openings = ["[", "{\"a\":", "(", "not ", "-", "!", "<", "> ", "- ", "**", "[](", "{", "a:{"];

    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = new List<byte>(Any(corpus));
        for (var changes = 1 + _random.Next(_random.Next(1, 8)); changes > 0; changes--) Change(input);
        if (input.Count > Longest && _random.Next(50) != 0) input.RemoveRange(Longest, input.Count - Longest);
        return [.. input];
    }

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        switch (_random.Next(14))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.InsertRange(at, Any(Odd));
                break;
            case 3:
                input.RemoveRange(at, Math.Min(input.Count - at, 1 + _random.Next(1 << _random.Next(8))));
                break;
            case 4:
                // Twice the same: keys, elements, whole records.
                input.InsertRange(at, input.GetRange(at, Math.Min(input.Count - at, 1 + _random.Next(1 << _random.Next(10)))));
                break;
            case 5:
                input.RemoveRange(at, input.Count - at);
                break;
            case 6:
                // Begins as one, goes on as another.
                var other = Any(corpus);
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other.Skip(_random.Next(other.Length + 1)));
                break;
            case 7 or 8:
                ReplaceNumber(input, at);
                break;
            case 9:
                WriteLength(input, at);
                break;
            case 10 when words.Count > 0:
                input.InsertRange(at, Any(words));
                break;
            case 11 when words.Count > 1:
                ReplaceWord(input, at);
                break;
            case 12 when _random.Next(20) == 0:
                Nest(input, at);
                break;
            case 13:
                input.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), _random.Next(1 << _random.Next(12))));
                break;
        }
    }

    private void ReplaceNumber(List<byte> input, int from)
    {
        var start = input.FindIndex(from, value => value is >= (byte)'0' and <= (byte)'9');
        if (start < 0) return;
        var end = input.FindIndex(start, value => value is not (>= (byte)'0' and <= (byte)'9' or (byte)'.'));
        input.RemoveRange(start, (end < 0 ? input.Count : end) - start);
        input.InsertRange(start, Any(Numbers));
    }

    private void WriteLength(List<byte> input, int at)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Any(Lengths) + _random.Next(-1, 2));
        var width = 1 << _random.Next(4);
        // Counts stand on even places mostly.
        at = at / width * width;
        for (var i = 0; i < width && at + i < input.Count; i++) input[at + i] = bytes[i];
    }

    private void ReplaceWord(List<byte> input, int from)
    {
        var old = Any(words);
        for (var at = from; at + old.Length <= input.Count; at++)
        {
            if (old.Length == 0 || input[at] != old[0] || !old.AsSpan().SequenceEqual(input.GetRange(at, old.Length).ToArray())) continue;
            input.RemoveRange(at, old.Length);
            input.InsertRange(at, Any(words));
            return;
        }
    }

    private void Nest(List<byte> input, int at)
    {
        var opening = Encoding.ASCII.GetBytes(Any(Openings));
        input.InsertRange(at, Enumerable.Repeat(opening, 1 + _random.Next(_random.Next(2) == 0 ? 200 : DeepNesting / opening.Length)).SelectMany(one => one));
    }
}
