using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Server;

/// <summary>
/// Takes signed tokens alone. One that comes straight from the provider may be unsigned by the standard, since the connection tells where it is from; ours may lead over loopback, and a signature costs nothing.
/// </summary>
internal sealed class SignedTokens : JsonWebTokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var strict = validationParameters.Clone();
        strict.RequireSignedTokens = true;
        return base.ValidateTokenAsync(token, strict);
    }
}
