using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Series;

/// <summary>Packs unsigned integers of one width into bits and back.</summary>
/// <remarks>
/// A full mini-block of narrow integers is first folded: the upper half is shifted beside the lower half until the words are 29 to 56 bits wide. Folding is
/// plain vector work, and half as many words or fewer are left for the bitwise part. Words then follow each other lowest bit first. A word of at
/// most 56 bits lies within eight bytes wherever it starts, so each is written and read in one unaligned access; wider ones take eight bytes.
/// Little-endian machines only, as are the stored level entries.
/// </remarks>
internal static class BitPacker
{
    /// <summary>Integers of a full mini-block.</summary>
    public const int BlockSize = 128;

    /// <summary>Widest packed integer; anything wider is stored in 64 bits.</summary>
    public const int MaxPackedWidth = 56;

    /// <summary>Bytes behind the packed ones that both directions may touch.</summary>
    public const int Slack = sizeof(ulong);

    /// <summary>The width that integers up to <paramref name="largest"/> are stored in: 0 to 56, or 64.</summary>
    public static int WidthOf(ulong largest)
    {
        var width = 64 - (int)ulong.LeadingZeroCount(largest);
        return width > MaxPackedWidth ? 64 : width;
    }

    /// <summary>Bytes of <paramref name="count"/> integers of a width.</summary>
    public static int SizeOf(int count, int width) => (count * width + 7) >> 3;

    /// <summary>Packs the first <paramref name="count"/> of <paramref name="words"/> (overwritten) and returns the bytes written.</summary>
    /// <param name="words">Room for 128, each below 2^<paramref name="width"/>.</param>
    /// <param name="count">1 to 128.</param>
    /// <param name="width">1 to 56, or 64.</param>
    /// <param name="destination">At least <see cref="SizeOf"/> and <see cref="Slack"/> bytes.</param>
    public static int Pack(Span<ulong> words, int count, int width, Span<byte> destination)
    {
        var size = SizeOf(count, width);
        if (width == 64)
        {
            MemoryMarshal.AsBytes(words[..count]).CopyTo(destination);
            return size;
        }
        ref var word = ref MemoryMarshal.GetReference(words[..BlockSize]);
        var left = count;
        if (count == BlockSize)
        {
            for (; width <= MaxPackedWidth / 2; width *= 2)
            {
                left /= 2;
                for (var i = 0; i < left; i += Vector256<ulong>.Count)
                {
                    var low = Vector256.LoadUnsafe(ref word, (nuint)i);
                    var high = Vector256.LoadUnsafe(ref word, (nuint)(i + left));
                    (low | (high << width)).StoreUnsafe(ref word, (nuint)i);
                }
            }
        }

        ref var target = ref MemoryMarshal.GetReference(destination[..(size + Slack)]);
        var pending = 0UL;
        var bits = 0;
        for (var i = 0; i < left; i++)
        {
            pending |= Unsafe.Add(ref word, i) << bits;
            Unsafe.WriteUnaligned(ref target, pending);
            bits += width;
            target = ref Unsafe.Add(ref target, bits >> 3);
            pending >>= bits & ~7;
            bits &= 7;
        }
        return size;
    }

    /// <summary>Unpacks <paramref name="count"/> integers.</summary>
    /// <param name="source">At least <see cref="SizeOf"/> and <see cref="Slack"/> bytes.</param>
    /// <param name="count">1 to 128.</param>
    /// <param name="width">1 to 56, or 64.</param>
    /// <param name="words">Room for 128.</param>
    public static void Unpack(ReadOnlySpan<byte> source, int count, int width, Span<ulong> words)
    {
        var size = SizeOf(count, width);
        if (width == 64)
        {
            source[..size].CopyTo(MemoryMarshal.AsBytes(words));
            return;
        }
        ref var word = ref MemoryMarshal.GetReference(words[..BlockSize]);
        var packed = count;
        var packedWidth = width;
        if (count == BlockSize)
        {
            for (; packedWidth <= MaxPackedWidth / 2; packedWidth *= 2)
                packed /= 2;
        }

        ref var first = ref MemoryMarshal.GetReference(source[..(size + Slack)]);
        var mask = (1UL << packedWidth) - 1;
        nuint bit = 0;
        for (var i = 0; i < packed; i++)
        {
            Unsafe.Add(ref word, i) = (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, bit >> 3)) >> ((int)bit & 7)) & mask;
            bit += (nuint)packedWidth;
        }

        for (; packed < count; packed *= 2)
        {
            packedWidth /= 2;
            var low = Vector256.Create((1UL << packedWidth) - 1);
            for (var i = 0; i < packed; i += Vector256<ulong>.Count)
            {
                var folded = Vector256.LoadUnsafe(ref word, (nuint)i);
                (folded & low).StoreUnsafe(ref word, (nuint)i);
                (folded >>> packedWidth).StoreUnsafe(ref word, (nuint)(i + packed));
            }
        }
    }
}
