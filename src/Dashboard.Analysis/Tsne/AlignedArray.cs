namespace Dashboard.Analysis;

/// <summary>An array of zeros that stays where it is and begins on a cache line, so that vectors of 64 bytes never straddle two.</summary>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private const int Line = 64;

    private readonly T[] _values;
    private readonly int _first;

    public AlignedArray(int length)
    {
        Length = length;
        _values = GC.AllocateArray<T>(checked(length + (Line / sizeof(T))), pinned: true);
        fixed (T* start = _values) _first = (int)((Line - ((nint)start & (Line - 1))) & (Line - 1)) / sizeof(T);
        fixed (T* aligned = &_values[_first]) Pointer = aligned;
    }

    public int Length { get; }

    /// <summary>Good for as long as this object is referred to.</summary>
    public T* Pointer { get; }

    public Span<T> Span => _values.AsSpan(_first, Length);
}
