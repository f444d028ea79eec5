using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Refuses addresses that cannot be listened on, naming each by its configuration key. Who may come is decided elsewhere: see <see cref="AccessOptionsValidator"/>.</summary>
internal sealed class ServerOptionsValidator(IConfiguration configuration) : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = new List<string>();
        if (options.Port is < 0 or > ushort.MaxValue)
            failures.Add($"{ServerOptions.Section}:{nameof(ServerOptions.Port)} must be from 0 to {ushort.MaxValue}, not {options.Port}.");
        if (options.DrainSeconds is not (> 0 and <= 600))
            failures.Add($"{ServerOptions.Section}:{nameof(ServerOptions.DrainSeconds)} must be above 0 and at most 600.");
        foreach (var url in Listening.Urls(configuration).Where(url => !Listening.IsAddress(url)))
            failures.Add($"{Listening.UrlsKey}: '{url}' is not an address; one is http://localhost:6006.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
