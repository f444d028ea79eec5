namespace Dashboard.Analysis;

/// <summary>An array that stays where it is and begins on a cache line, so that vectors of 64 bytes never straddle two and kernels may read it through a pointer.</summary>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private const int Line = 64;

    private readonly T[] _values;
    private readonly int _first;

    /// <summary>Allocates it.</summary>
    /// <param name="length">Elements.</param>
    /// <param name="zeros">Whether it begins with zeros; otherwise with whatever was there.</param>
    /// <exception cref="VectorException">It is longer than one array can be.</exception>
    public AlignedArray(long length, bool zeros = true)
    {
        if (length > Array.MaxLength - Line) throw new VectorException($"{length} numbers do not fit one buffer: take fewer columns.");
        Length = (int)length;
        var whole = Length + (Line / sizeof(T));
        _values = zeros ? GC.AllocateArray<T>(whole, pinned: true) : GC.AllocateUninitializedArray<T>(whole, pinned: true);
        fixed (T* start = _values) _first = (int)((Line - ((nint)start & (Line - 1))) & (Line - 1)) / sizeof(T);
        fixed (T* aligned = &_values[_first]) Pointer = aligned;
    }

    public int Length { get; }

    /// <summary>Good for as long as this object is referred to.</summary>
    public T* Pointer { get; }

    public Span<T> Span => _values.AsSpan(_first, Length);
}
