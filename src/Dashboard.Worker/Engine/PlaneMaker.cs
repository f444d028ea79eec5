using System.Numerics.Tensors;
using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Makes the line or plane that a spec asks for. Afterwards the model stands at its origin.</summary>
internal sealed class PlaneMaker(EngineContext context, LandscapeSpec spec, Subject subject)
{
    private readonly DirectionsSpec _directions = spec.Directions ?? throw new TorchInputException("directions: say which line or plane.");
    private readonly CheckpointReader _reader = new(context, subject.Model);
    private readonly bool _plane = spec.Y is not null;

    public LandscapePlane Make()
    {
        var kind = _directions.Kind;
        if (kind == DirectionKinds.Pca) return MovedTo(Principal());
        if (context.Task.Center is { } center) subject.Model.Write(_reader.ReadWeights(center, "directions.center"));
        return kind switch
        {
            DirectionKinds.Random => Random(),
            DirectionKinds.Between => Between(),
            DirectionKinds.Hessian => Curvature(),
            DirectionKinds.Given => Given(),
            _ => throw new TorchInputException($"directions.kind: '{kind}' is none of {string.Join(", ", DirectionKinds.All)}."),
        };
    }

    private LandscapePlane Random()
    {
        var origin = subject.Model.Read();
        var x = Draw(origin, 0);
        var y = _plane ? Draw(origin, 1) : null;
        if (y is not null && _directions.Orthogonal == true) Fields.Of("directions", () => Orthogonal(y, x));
        return new LandscapePlane { Plane = new WeightPlane(origin, x, y), X = x, Y = y };
    }

    private LandscapePlane Principal()
    {
        if (context.Task.Center is not null) throw new TorchInputException("directions.center: the plane of checkpoints has its origin at the last of them; leave the centre out.");
        var path = Fields.Of("directions.checkpoints", () => CheckpointPca.Compute(_reader.Count, Read, _plane, context.Cancellation));
        var last = _reader.Read(_reader.Count - 1);
        return new LandscapePlane { Plane = new WeightPlane(last, path.X, path.Y), X = path.X, Y = path.Y, Pca = path };

        double[] Read(int index)
        {
            context.Output.Progress(0, $"Reading checkpoint {index + 1} of {_reader.Count}", null);
            return _reader.Read(index).Parameters;
        }
    }

    private LandscapePlane Between()
    {
        var origin = subject.Model.Read();
        var end = _reader.ReadWeights(context.Task.To ?? throw new TorchInputException("directions.to is missing: it names the model or checkpoint at x = 1."), "directions.to");
        var difference = new double[origin.Parameters.Length];
        TensorPrimitives.Subtract(end.Parameters, origin.Parameters, difference);
        if (TensorPrimitives.Norm<double>(difference) == 0) throw new TorchInputException("directions.to: its weights equal the model's; there is no line between them.");
        var y = _plane ? Draw(origin, 1) : null;
        if (y is not null && _directions.Orthogonal == true) Fields.Of("directions", () => Orthogonal(y, difference));
        return new LandscapePlane { Plane = Directions.Between(origin, end, y), X = difference, Y = y };
    }

    private LandscapePlane Curvature()
    {
        var origin = subject.Model.Read();
        var ends = subject.Size.Fit(_ =>
        {
            using var hessian = subject.Model.OpenHessian(subject.Batch, subject.Objective, cancellation: context.Cancellation);
            var heard = new Heard<int>(products => context.Output.Progress(0, $"Looking for the directions of curvature: {products} products", null));
            return Lanczos.Ends(hessian, 1, _plane ? 1 : 0, new LanczosOptions { Seed = _directions.Seed ?? 0 }, heard, context.Cancellation);
        });
        if (!ends.Converged) subject.Notes.Add("The eigenvectors are not exact: the search for them ended before their residuals were small.");
        var (x, y) = (ends.Top[0], _plane ? ends.Bottom[0] : null);
        return new LandscapePlane
        {
            Plane = new WeightPlane(origin, x.Vector, y?.Vector),
            X = x.Vector,
            Y = y?.Vector,
            Eigenvalues = y is null ? [x.Value] : [x.Value, y.Value],
        };
    }

    private LandscapePlane Given()
    {
        var origin = subject.Model.Read();
        var x = Direction(context.Task.X, "directions.x");
        var y = _plane ? Direction(context.Task.Y, "directions.y") : null;
        return new LandscapePlane { Plane = new WeightPlane(origin, x, y), X = x, Y = y };
    }

    private double[] Direction(string? file, string field) => Fields.Of(field, () =>
    {
        var direction = WeightFile.ReadDirection(context.PathOf(file, field), subject.Model);
        return Array.TrueForAll(direction, double.IsFinite) ? direction : throw new TorchInputException("it has numbers that are not finite.");
    });

    private double[] Draw(TorchWeights origin, int axis)
    {
        var scale = _directions.Normalize switch
        {
            null or "filter" => DirectionScale.Filter,
            "layer" => DirectionScale.Layer,
            "none" => DirectionScale.None,
            var other => throw new TorchInputException($"directions.normalize: '{other}' is none of filter, layer, none."),
        };
        var scaleVectors = _directions.Biases switch
        {
            null or "zero" => false,
            "scale" => true,
            var other => throw new TorchInputException($"directions.biases: '{other}' is neither zero nor scale."),
        };
        return Fields.Of("directions", () => Directions.Random(subject.Model, origin, new RandomDirection(_directions.Seed ?? 0, axis, scale, scaleVectors)));
    }

    private static bool Orthogonal(double[] y, double[] x)
    {
        Directions.Orthogonalise(y, x);
        return true;
    }

    private LandscapePlane MovedTo(LandscapePlane plane)
    {
        subject.Model.Write(plane.Plane.Origin);
        return plane;
    }
}
