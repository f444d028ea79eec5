using System.Text;

namespace Dashboard.Server;

/// <summary>What a name may be: 1 to 512 UTF-8 bytes, no control characters, no lone surrogates.</summary>
internal static class NameRule
{
    /// <summary>The fault of a name as (code, message), or null. <paramref name="what"/> begins the message.</summary>
    public static (string Code, string Message)? Check(string? name, int maxBytes, string what = "The name")
    {
        if (string.IsNullOrEmpty(name))
            return ("empty_name", $"{what} must not be empty.");
        if (name.Length > maxBytes || Encoding.UTF8.GetByteCount(name) > maxBytes)
            return ("name_too_long", $"{what} is longer than {maxBytes} UTF-8 bytes.");
        for (var at = 0; at < name.Length; at++)
        {
            var unit = name[at];
            if (char.IsControl(unit))
                return ("control_character", $"{what} holds the control character U+{(int)unit:X4}.");
            if (!char.IsSurrogate(unit))
                continue;
            if (!char.IsHighSurrogate(unit) || at + 1 == name.Length || !char.IsLowSurrogate(name[at + 1]))
                return ("lone_surrogate", $"{what} holds half of a surrogate pair, which is no text.");
            at++;
        }
        return null;
    }
}
