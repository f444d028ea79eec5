namespace Dashboard.Analysis;

/// <summary>Numbers that do not move and start at a cache line, for kernels that read them through pointers. They live as long as this object.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int Line = 64;

    private readonly float[] _numbers;

    public AlignedFloats(long length)
    {
        if (length > Array.MaxLength - Line) throw new VectorException($"{length} numbers do not fit one buffer: take fewer columns.");
        Length = (int)length;
        _numbers = GC.AllocateUninitializedArray<float>(Length + Line / sizeof(float), pinned: true);
        fixed (float* start = _numbers) Pointer = (float*)(((nuint)start + Line - 1) & ~(nuint)(Line - 1));
    }

    public int Length { get; }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);
}
