namespace Dashboard.Analysis;

/// <summary>A part of an expression, ready to be evaluated. A truth is 1 or 0; what is unknown is NaN, and every comparison with it is false.</summary>
internal abstract record RuleNode
{
    public abstract double Value(RuleSubject subject);

    public static bool IsTrue(double value) => value != 0 && !double.IsNaN(value);

    internal sealed record Number(double Constant) : RuleNode
    {
        public override double Value(RuleSubject subject) => Constant;
    }

    internal sealed record Feature(int Place) : RuleNode
    {
        public override double Value(RuleSubject subject) => subject.Feature(Place);
    }

    internal sealed record Unary(Func<double, double> Apply, RuleNode Inner) : RuleNode
    {
        public override double Value(RuleSubject subject) => Apply(Inner.Value(subject));
    }

    internal sealed record Binary(Func<double, double, double> Apply, RuleNode Left, RuleNode Right) : RuleNode
    {
        public override double Value(RuleSubject subject) => Apply(Left.Value(subject), Right.Value(subject));
    }

    /// <summary>0 up to the first bound, 1 from the second on, straight in between: how confidence usually grows.</summary>
    internal sealed record Ramp(RuleNode Inner, RuleNode From, RuleNode To) : RuleNode
    {
        public override double Value(RuleSubject subject)
        {
            var from = From.Value(subject);
            return Math.Clamp((Inner.Value(subject) - from) / (To.Value(subject) - from), 0, 1);
        }
    }

    /// <summary>The right side is not asked where the left one decides.</summary>
    internal sealed record Logic(bool IsAnd, RuleNode Left, RuleNode Right) : RuleNode
    {
        public override double Value(RuleSubject subject)
        {
            var left = IsTrue(Left.Value(subject));
            return left != IsAnd ? (left ? 1 : 0) : IsTrue(Right.Value(subject)) ? 1 : 0;
        }
    }

    /// <summary>A function over the subject itself.</summary>
    internal sealed record Ask(RuleFunction Function, RuleNode[] Arguments) : RuleNode
    {
        public override double Value(RuleSubject subject) => subject.Ask(Function, Array.ConvertAll(Arguments, argument => argument.Value(subject)));
    }
}
