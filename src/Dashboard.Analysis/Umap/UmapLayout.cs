using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dashboard.Analysis;

/// <summary>
/// Stochastic gradient descent on the fuzzy cross entropy [McInnes et al. 2018], edge by edge as it is defined, and yet the same on any number of threads: a block of rows sees itself
/// as it is at the moment and the others as they were when the epoch began. Inside a block both ends of an edge move. Every edge is there in both directions and at the same epochs,
/// so across blocks each end moves twice as far at its own turn, by where both were: nobody writes to another block's rows, and what one end gains the other loses all the same.
/// Moving each end alone by where the other has got to would let clusters drift apart.
/// </summary>
internal sealed unsafe class UmapLayout
{
    private readonly LayoutPlan _plan;
    private readonly UmapOptions _options;
    private readonly ComputeOptions _compute;
    private readonly UmapForces _forces;
    private readonly float[] _places;
    private readonly int _rows;
    private readonly int _half;
    private readonly ConcurrentBag<LayoutScratch> _scratch = [];

    public UmapLayout(LayoutPlan plan, float[] start, UmapForces forces, UmapOptions options, ComputeOptions compute)
    {
        (_plan, _options, _compute, _forces, _rows) = (plan, options, compute, forces, plan.Order.Length);
        // All rows as they were and as they become, each time with a place for each block that lanes without work may push about.
        _half = _rows + Blocks.Count(_rows, plan.Block);
        _places = new float[2L * _half * options.Dimensions];
        for (var at = 0; at < _rows; at++) start.AsSpan(plan.Order[at] * options.Dimensions, options.Dimensions).CopyTo(_places.AsSpan(at * options.Dimensions));
    }

    /// <summary>Whether registers of sixteen numbers are used, where the processor has them.</summary>
    public bool Wide { get; init; } = WideLayoutSteps.IsSupported;

    /// <summary>One epoch, from 1.</summary>
    public void Epoch(int epoch, int epochs)
    {
        var rate = (float)(_options.LearningRate * (1 - (epoch - 1.0) / epochs));
        // The halves change parts with every epoch.
        var (old, next) = epoch % 2 == 1 ? (0, _half) : (_half, 0);
        Blocks.For(_rows, _plan.Block, _compute, (block, first, end) =>
        {
            if (!_scratch.TryTake(out var scratch)) scratch = new LayoutScratch(_options.Dimensions);
            var dimensions = _options.Dimensions;
            _places.AsSpan((old + first) * dimensions, (end - first) * dimensions).CopyTo(_places.AsSpan((next + first) * dimensions));
            Draw(scratch, old, next, block, epoch);
            fixed (float* places = _places, drawn = scratch.Drawn)
            fixed (int* heads = scratch.Heads, tails = scratch.Tails, drawnPlaces = scratch.DrawnPlaces)
            {
                var work = new LayoutSteps
                {
                    Places = places,
                    Heads = heads,
                    Tails = tails,
                    Drawn = drawn,
                    DrawnPlaces = drawnPlaces,
                    First = (next + first) * dimensions,
                    Length = (end - first) * dimensions,
                    Back = (old - next) * dimensions,
                    Negatives = _options.NegativeSamples,
                    Rate = rate,
                };
                var strips = stackalloc long[LayoutPlan.Lanes];
                for (var lane = 0; lane < LayoutPlan.Lanes; lane++) strips[lane] = _plan.Strips[block * LayoutPlan.Lanes + lane];
                while (Pairs(strips, block, first, end, epoch, old, next, heads, tails) is > 0 and var steps)
                {
                    _compute.Cancellation.ThrowIfCancellationRequested();
                    work = work with { Steps = steps };
                    var pool = Wide && dimensions == 2 ? WideLayoutSteps.Run<Two>(work, _forces)
                        : Wide && dimensions == 3 ? WideLayoutSteps.Run<Three>(work, _forces)
                        : work.Run(_forces, dimensions);
                    work = work with { Pool = pool };
                }
            }
            _scratch.Add(scratch);
        });
    }

    /// <summary>The coordinates after an epoch, in the order of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(int epoch, float[] coordinates)
    {
        var dimensions = _options.Dimensions;
        var half = epoch % 2 == 1 ? _half : 0;
        for (var at = 0; at < _rows; at++) _places.AsSpan((half + at) * dimensions, dimensions).CopyTo(coordinates.AsSpan(_plan.Order[at] * dimensions));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(LayoutScratch scratch, int old, int next, int block, int epoch)
    {
        if (_options.NegativeSamples == 0) return;
        var random = new SeededRandom(_options.Seed + (ulong)epoch, block);
        var dimensions = _options.Dimensions;
        var (drawn, places) = (scratch.Drawn, scratch.DrawnPlaces);
        const int Length = LayoutScratch.Pool + LayoutPlan.Lanes;
        for (var at = 0; at < LayoutScratch.Pool; at += 2)
        {
            var bits = random.Next();
            Take(at, (int)(((bits >> 32) * (ulong)_rows) >> 32));
            Take(at + 1, (int)(((bits & uint.MaxValue) * (ulong)_rows) >> 32));
        }
        for (var at = 0; at < LayoutPlan.Lanes; at++) Take(LayoutScratch.Pool + at, places[at] / dimensions - next);

        void Take(int at, int row)
        {
            // As the head would be named, so that nobody is pushed away from itself.
            places[at] = (next + row) * dimensions;
            for (var d = 0; d < dimensions; d++) drawn[d * Length + at] = _places[(old + row) * dimensions + d];
        }
    }

    /// <summary>Whether an edge takes part in the n-th epoch, from 1: where rate · n has just passed a whole number, so the strongest in each and one of half its weight in every second.</summary>
    public static bool IsDue(float rate, int epoch) => MathF.Floor(rate * epoch) != MathF.Floor(rate * (epoch - 1));

    // Lists the next edges of each strip that are due, in groups of sixteen on all processors alike, and moves the strips' beginnings behind them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Pairs(long* strips, int block, int first, int end, int epoch, int old, int next, int* heads, int* tails)
    {
        const int Lanes = LayoutPlan.Lanes;
        var dimensions = _options.Dimensions;
        var length = (uint)(end - first);
        var counts = stackalloc int[Lanes];
        var steps = 0;
        fixed (float* rates = _plan.Rates)
        fixed (int* from = _plan.Heads, to = _plan.Tails)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var (at, last, place) = (strips[lane], _plan.Strips[block * Lanes + lane + 1], lane);
                for (; at < last && place <= lane + (LayoutScratch.Steps - Lanes) * Lanes; at += Lanes)
                {
                    for (var due = Due(rates + at, (int)Math.Min(Lanes, last - at), epoch); due != 0; due &= due - 1)
                    {
                        var edge = at + BitOperations.TrailingZeroCount(due);
                        heads[place] = (next + from[edge]) * dimensions;
                        tails[place] = (to[edge] + ((uint)(to[edge] - first) < length ? next : old)) * dimensions;
                        place += Lanes;
                    }
                }
                strips[lane] = Math.Min(at, last);
                counts[lane] = place / Lanes;
                steps = Math.Max(steps, counts[lane]);
            }
            var idle = (next + _rows + block) * dimensions;
            for (var lane = 0; lane < Lanes; lane++)
            {
                for (var step = counts[lane]; step < steps; step++) heads[step * Lanes + lane] = tails[step * Lanes + lane] = idle;
            }
        }
        return steps;
    }

    // A bit for each edge that is.
    private static uint Due(float* rates, int count, int epoch)
    {
        if (Vector512.IsHardwareAccelerated && count == Vector512<float>.Count)
        {
            var rate = Vector512.Load(rates);
            return (uint)(~Vector512.Equals(Vector512.Floor(rate * epoch), Vector512.Floor(rate * (epoch - 1))).ExtractMostSignificantBits() & 0xFFFF);
        }
        var due = 0u;
        for (var at = 0; at < count; at++) due |= IsDue(rates[at], epoch) ? 1u << at : 0;
        return due;
    }

    private readonly struct Two : ILayoutColumns
    {
        public static int Count => 2;
    }

    private readonly struct Three : ILayoutColumns
    {
        public static int Count => 3;
    }
}
