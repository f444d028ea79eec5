namespace Dashboard.Server;

/// <summary>Says of a method of a hub who may call it. One without is refused.</summary>
/// <param name="right">What it takes, somewhere at least; the method asks the caller about what it is given.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HubNeedsAttribute(AccessRight right) : Attribute
{
    /// <summary>What it takes.</summary>
    public AccessRight Right { get; } = right;
}
