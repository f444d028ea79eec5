using System.Buffers;
using System.IO.Compression;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>A request body, decompressed, in one pooled array. Dispose it when nothing refers to its bytes any more.</summary>
internal sealed class RequestBody : IDisposable
{
    // Most bodies are small; the array doubles from here.
    private const int FirstRent = 16 << 10;

    // What is inflated is gathered in pieces from here on: arrays that double would take half as much again for a body that is refused at the end.
    private const int Piece = 1 << 20;

    // Above it a body of more than a piece counts as dense. Numbers as text come to some ten, and a stream of one repeated number to a few hundred.
    private const int Dense = 64;

    // What a client announces is reserved up to here; the rest as it arrives, so that announcing costs others nothing.
    private const int MostAnnounced = 1 << 20;

    // A body in the middle holds memory that others wait for. Kestrel's own limit is an average: after much of a large body it would grant hours.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly BodyBudget _budget;
    private byte[] _array = [];
    private int _count;
    private long _dense;

    private RequestBody(BodyBudget budget) => _budget = budget;

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Bytes => _array.AsSpan(0, _count);

    /// <summary>Reads a body that may be gzip or br, stopping at the caps however far it would inflate.</summary>
    /// <exception cref="ApiProblemException">413, 415, 429 or a malformed compression.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, ApiLimits limits, BodyBudget budget, CancellationToken cancellation)
    {
        if (request.ContentLength > limits.MaxBodyBytes)
            throw ApiProblems.BodyTooLarge(limits.MaxBodyBytes);
        var body = new RequestBody(budget);
        try
        {
            var encoding = request.Headers.ContentEncoding.ToString();
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
                await body.CopyAsync(request, limits.MaxBodyBytes, pause);
            else
                await body.InflateAsync(request.Body, encoding, limits, pause);
            return body;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            body.Dispose();
            throw ApiProblems.BodyStalled(LongestPause);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Gives the array back; a second call does nothing.</summary>
    public void Dispose()
    {
        _budget.ReleaseDense(_dense);
        _dense = 0;
        var array = _array;
        _array = [];
        _count = 0;
        if (array.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(array);
        _budget.Release(array.Length);
    }

    private async Task CopyAsync(HttpRequest request, long limit, CancellationTokenSource pause)
    {
        Grow((int)Math.Clamp(request.ContentLength ?? FirstRent, 1, MostAnnounced));
        var reader = request.BodyReader;
        while (true)
        {
            pause.CancelAfter(LongestPause);
            var result = await reader.ReadAsync(pause.Token);
            var buffer = result.Buffer;
            try
            {
                if (_count + buffer.Length > limit)
                    throw ApiProblems.BodyTooLarge(limit);
                Grow(_count + (int)buffer.Length);
                buffer.CopyTo(_array.AsSpan(_count));
                _count += (int)buffer.Length;
            }
            finally
            {
                // To the very end, or the next request on the connection would begin within this body.
                reader.AdvanceTo(buffer.End);
            }
            if (result.IsCompleted)
                return;
        }
    }

    private async Task InflateAsync(Stream wire, string encoding, ApiLimits limits, CancellationTokenSource pause)
    {
        var counted = new CappedStream(wire, limits.MaxBodyBytes, () => ApiProblems.BodyTooLarge(limits.MaxBodyBytes));
        await using Stream inflater = encoding.ToUpperInvariant() switch
        {
            "GZIP" => new GZipStream(counted, CompressionMode.Decompress),
            "BR" => new BrotliStream(counted, CompressionMode.Decompress),
            _ => throw ApiProblems.UnsupportedEncoding(),
        };
        var limit = (int)limits.MaxDecodedBodyBytes;
        // At the limit one byte more is all there is to know.
        var beyond = new byte[1];
        var full = new List<byte[]>();
        var before = 0;
        try
        {
            while (true)
            {
                var left = limit - before - _count;
                if (_count == _array.Length && left > 0)
                {
                    if (_count >= Piece)
                        before += SetAside(full);
                    if (before > counted.Position * Dense)
                        GrowDense(Math.Min(before + Piece, limit));
                    Grow(full.Count > 0 ? Piece : _count + FirstRent);
                }
                pause.CancelAfter(LongestPause);
                var read = await inflater.ReadAsync(left > 0 ? _array.AsMemory(_count, Math.Min(_array.Length - _count, left)) : beyond, pause.Token);
                if (read == 0)
                    break;
                if (left == 0)
                    throw ApiProblems.DecodedBodyTooLarge(limit);
                _count += read;
            }
            if (full.Count > 0)
                Join(full, before);
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
        {
            throw ApiProblems.Malformed("malformed_encoding", $"The body is not valid {encoding} as Content-Encoding says.", "");
        }
        finally
        {
            foreach (var piece in full)
            {
                ArrayPool<byte>.Shared.Return(piece);
                _budget.Release(piece.Length);
            }
        }
    }

    /// <summary>Puts the array at hand, which is full, to the others; returns its length.</summary>
    private int SetAside(List<byte[]> full)
    {
        var count = _count;
        full.Add(_array);
        _array = [];
        _count = 0;
        return count;
    }

    /// <summary>Makes one array of full pieces and the one at hand.</summary>
    private void Join(List<byte[]> full, int before)
    {
        var total = before + _count;
        SetAside(full);
        Grow(total);
        foreach (var piece in full)
        {
            var length = Math.Min(piece.Length, total - _count);
            piece.AsSpan(0, length).CopyTo(_array.AsSpan(_count));
            _count += length;
        }
    }

    private void GrowDense(long needed)
    {
        _budget.ReserveDense(needed - _dense);
        _dense = needed;
    }

    private void Grow(int needed)
    {
        if (needed <= _array.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _array.Length * 2));
        try
        {
            _budget.Reserve(larger.Length - _array.Length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw;
        }
        _array.AsSpan(0, _count).CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
