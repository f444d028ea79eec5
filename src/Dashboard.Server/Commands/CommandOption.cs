namespace Dashboard.Server;

/// <summary>An option of a command.</summary>
/// <param name="Name">Without its dashes.</param>
/// <param name="Value">What stands for its value in the usage, as <c>DIR</c>; null for a switch.</param>
/// <param name="Summary">What it says, in one sentence.</param>
/// <param name="Required">Whether the command needs it.</param>
internal sealed record CommandOption(string Name, string? Value, string Summary, bool Required = false)
{
    /// <summary>As the usage shows it.</summary>
    public string Shown => Value is null ? $"--{Name}" : $"--{Name} {Value}";
}
