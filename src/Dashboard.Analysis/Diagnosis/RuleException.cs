namespace Dashboard.Analysis;

/// <summary>A rule set that cannot be used, with everything that is wrong about it.</summary>
public sealed class RuleException : Exception
{
    /// <summary>An unspecific fault.</summary>
    public RuleException()
        : this("The rule set cannot be used.")
    {
    }

    /// <summary>A fault of the whole set.</summary>
    public RuleException(string message)
        : this([new RuleFault("", message)])
    {
    }

    /// <summary>A fault with its cause.</summary>
    public RuleException(string message, Exception inner)
        : base(message, inner) => Faults = [new RuleFault("", message)];

    /// <summary>All faults, one at least.</summary>
    public RuleException(IReadOnlyList<RuleFault> faults)
        : base(string.Join(" ", faults.Select(fault => fault.Pointer.Length == 0 ? fault.Message : $"{fault.Pointer}: {fault.Message}"))) => Faults = faults;

    /// <summary>What is wrong, in the order of the document.</summary>
    public IReadOnlyList<RuleFault> Faults { get; }
}
