using Serilog.Core;
using Serilog.Events;

namespace Dashboard.Server;

/// <summary>Keeps texts of a log entry on its line: what somebody else named or said must not look like an entry of its own, nor move a terminal's cursor.</summary>
internal sealed class OneLineValues : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.Where(property => property.Value is ScalarValue { Value: string text } && text.Any(IsBreak)).ToList())
            logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(Clean((string)((ScalarValue)value).Value!))));
    }

    /// <summary>With a visible sign for each character that would break the line.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (made, from) =>
    {
        for (var at = 0; at < made.Length; at++)
            made[at] = IsBreak(from[at]) ? '\uFFFD' : from[at];
    });

    // The two separators and the marks that turn the direction of writing are no control characters to .NET.
    private static bool IsBreak(char c) => (char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
