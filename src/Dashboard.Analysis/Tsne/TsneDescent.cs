using System.Runtime.CompilerServices;

namespace Dashboard.Analysis;

/// <summary>Moves points down the gradient, with momentum and a gain for each coordinate that grows while it goes one way [Jacobs 1988], and keeps their mean at the origin.</summary>
internal sealed unsafe class TsneDescent<T>
    where T : unmanaged, IWide<T>
{
    private const float GainMore = .2f, GainLess = .8f, GainLeast = .01f;

    // The longest step, as in openTSNE: with a rate as large as the number of points, single points would else be thrown out of the picture.
    private const float StepMost = 5;

    private readonly TsneSpace _space;
    private readonly PhaseTeam _team;
    private readonly Action<int, int, int> _move, _centre;
    private readonly double[][] _sums;
    private readonly float[][] _least, _most;
    private readonly float[] _mean = new float[3];
    private TsneStep _step;

    public TsneDescent(TsneSpace space, PhaseTeam team)
    {
        (_space, _team, _move, _centre) = (space, team, Move, Centre);
        var blocks = Blocks.Count(space.Padded, TsneSpace.BlockPoints);
        (_sums, _least, _most) = (Make<double>(), Make<float>(), Make<float>());
        TNumber[][] Make<TNumber>() => [.. Enumerable.Range(0, space.Dimensions).Select(_ => new TNumber[blocks])];
        Bounds();
    }

    public void Step(TsneStep step)
    {
        _step = step;
        _team.RunBlocks(_space.Padded, TsneSpace.BlockPoints, _move);
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            double sum = 0;
            foreach (var part in _sums[dimension]) sum += part;
            _mean[dimension] = (float)(sum / _space.Points);
            if (!float.IsFinite(_mean[dimension])) throw new VectorException($"learning rate is {step.Rate}: the points flew apart. Take a smaller one, or none.");
        }
        _team.RunBlocks(_space.Padded, TsneSpace.BlockPoints, _centre);
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            _space.Positions[dimension].Span[_space.Points..].Clear();
            (_space.Least[dimension], _space.Most[dimension]) = (_least[dimension].Min(), _most[dimension].Max());
        }
    }

    // What fills up the last vector has no forces and stays at the origin, which is within the bounds.
    private void Bounds()
    {
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            (_space.Least[dimension], _space.Most[dimension]) = (0, 0);
            foreach (var position in _space.Positions[dimension].Span)
            {
                _space.Least[dimension] = Math.Min(_space.Least[dimension], position);
                _space.Most[dimension] = Math.Max(_space.Most[dimension], position);
            }
        }
    }

    private void Move(int block, int first, int end)
    {
        var three = _space.Dimensions == 3;
        T exaggeration = T.Of(_step.Exaggeration), inverse = T.Of(-_step.Inverse), momentum = T.Of(_step.Momentum), rate = T.Of(-_step.Rate), most = T.Of(StepMost * StepMost);
        T sumX = T.Of(0), sumY = sumX, sumZ = sumX;
        for (var point = first; point < end; point += T.Count)
        {
            T x = Velocity(0, point, exaggeration, inverse, momentum, rate), y = Velocity(1, point, exaggeration, inverse, momentum, rate);
            var z = three ? Velocity(2, point, exaggeration, inverse, momentum, rate) : T.Of(0);
            var shorter = T.Root(most / T.Max(most, T.MultiplyAdd(x, x, T.MultiplyAdd(y, y, z * z))));
            sumX += Go(0, point, x * shorter);
            sumY += Go(1, point, y * shorter);
            if (three) sumZ += Go(2, point, z * shorter);
        }
        (_sums[0][block], _sums[1][block]) = (sumX.Sum(), sumY.Sum());
        if (three) _sums[2][block] = sumZ.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Velocity(int dimension, int point, T exaggeration, T inverse, T momentum, T rate)
    {
        T velocity = T.Load(_space.Velocity[dimension].Pointer + point), gain = T.Load(_space.Gains[dimension].Pointer + point);
        var gradient = T.MultiplyAdd(T.Load(_space.Repulsion[dimension].Pointer + point), inverse, T.Load(_space.Attraction[dimension].Pointer + point) * exaggeration);
        gain = T.Max(T.WhereSignsDiffer(velocity, gradient, gain + T.Of(GainMore), gain * T.Of(GainLess)), T.Of(GainLeast));
        gain.Store(_space.Gains[dimension].Pointer + point);
        return T.MultiplyAdd(momentum, velocity, rate * gain * gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Go(int dimension, int point, T velocity)
    {
        velocity.Store(_space.Velocity[dimension].Pointer + point);
        var position = T.Load(_space.Positions[dimension].Pointer + point) + velocity;
        position.Store(_space.Positions[dimension].Pointer + point);
        return position;
    }

    private void Centre(int block, int first, int end)
    {
        for (var dimension = 0; dimension < _space.Dimensions; dimension++)
        {
            var mean = T.Of(_mean[dimension]);
            T least = T.Of(0), most = least;
            for (var point = first; point < end; point += T.Count)
            {
                var position = T.Load(_space.Positions[dimension].Pointer + point) - mean;
                position.Store(_space.Positions[dimension].Pointer + point);
                least = T.Min(least, position);
                most = T.Max(most, position);
            }
            (_least[dimension][block], _most[dimension][block]) = (-Largest(-least), Largest(most));
        }
        _space.Pack(first, Math.Min(end, _space.Points));
    }

    private static float Largest(T value)
    {
        var lanes = stackalloc float[T.Count];
        value.Store(lanes);
        var largest = lanes[0];
        for (var lane = 1; lane < T.Count; lane++) largest = Math.Max(largest, lanes[lane]);
        return largest;
    }
}
