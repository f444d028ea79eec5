namespace Dashboard.Analysis;

/// <summary>As many floats as the machine computes with at once. Loops are written once, over this, and compiled once for each width.</summary>
internal unsafe interface IWide<T>
    where T : unmanaged, IWide<T>
{
    /// <summary>Floats in it: 4, 8 or 16.</summary>
    static abstract int Count { get; }

    static abstract T Of(float value);

    static abstract T Load(float* from);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator -(T a);

    /// <summary>a·b + c, rounded once where the machine can.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Max(T a, T b);

    static abstract T Min(T a, T b);

    /// <summary>Where the signs of a and b differ, the first; elsewhere the second. Zero has the sign plus.</summary>
    static abstract T WhereSignsDiffer(T a, T b, T differ, T same);

    static abstract T Root(T a);

    /// <summary>1/a, to some 1e-7 of it.</summary>
    static abstract T Inverse(T a);

    /// <summary>Gathers points of two numbers each, one a lane.</summary>
    static abstract void Pairs(float* points, int* rows, out T x, out T y);

    /// <summary>Gathers points of four numbers each, one a lane; the fourth numbers are left out.</summary>
    static abstract void Quads(float* points, int* rows, out T x, out T y, out T z);

    /// <summary>Exchanges rows and columns of a square with as many of both as there are lanes.</summary>
    static abstract void Transpose(float* from, long fromStep, float* to, long toStep);

    void Store(float* to);

    float Sum();
}
