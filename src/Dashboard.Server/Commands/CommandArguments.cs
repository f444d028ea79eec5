namespace Dashboard.Server;

/// <summary>Options as they were given to a command: <c>--name value</c>, <c>--name=value</c>, or <c>--name</c> for a switch.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = [];

    private CommandArguments()
    {
    }

    /// <summary>Reads what follows the command's name.</summary>
    /// <exception cref="CommandException">An option is unknown, is given twice, lacks its value, or is missing.</exception>
    public static CommandArguments Parse(ServerCommand command, string[] args)
    {
        var arguments = new CommandArguments();
        for (var at = 0; at < args.Length; at++)
        {
            var parts = args[at].Split('=', 2);
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : "";
            if (name == "help" || args[at] == "-h")
            {
                arguments._values["help"] = "";
                return arguments;
            }
            var option = command.Options.FirstOrDefault(one => one.Name == name) ?? throw new CommandException($"'{args[at]}' is no option of {command.Name}.");
            string value;
            if (option.Value is null)
                value = parts.Length == 1 ? "" : throw new CommandException($"--{name} takes no value.");
            else if (parts.Length == 2)
                value = parts[1];
            else
                value = ++at < args.Length ? args[at] : "";
            if (option.Value is not null && value.Length == 0)
                throw new CommandException($"--{name} needs a value: {option.Value}.");
            if (!arguments._values.TryAdd(name, value))
                throw new CommandException($"--{name} is given twice.");
        }
        return command.Options.FirstOrDefault(one => one.Required && !arguments.Has(one.Name)) is { } missing
            ? throw new CommandException($"{missing.Shown} is missing: {missing.Summary}")
            : arguments;
    }

    /// <summary>Whether the option was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Value of an option that the command needs.</summary>
    public string this[string name] => _values[name];

    /// <summary>Value of an option, or null where it was not given.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(name);
}
