using Dashboard.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>Registration of the people who sign in.</summary>
internal static class AccountServices
{
    /// <summary>Adds accounts, their sessions and the keys that seal them.</summary>
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddKeyProtection();
        // Pages ask who looks at them with accounts and without.
        services.AddScoped<IPageSession, PageSession>();
        services.AddSingleton<SessionViews>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<AccountCallers>();
        services.AddSingleton<ICredentialReader, AccountReader>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<PasswordWork>();
        services.AddScoped<AccountSignIn>();
        services.AddScoped<InvitationUse>();
        services.AddScoped<OidcSignIn>();
        services.TryAddSingleton<ITerminal, Terminal>();
        services.AddSingleton<IPasswordHasher<AccountUser>, PasswordHasher<AccountUser>>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddIdentityCore<AccountUser>(SetRules).AddUserStore<AccountUserStore>().AddPasswordValidator<PasswordNameRule>();

        var options = Read(builder.Configuration);
        var schemes = services.AddAuthentication().AddCookie(SessionCookie.Scheme, SessionCookie.Configure);
        if (Listening.Mode(options, builder.Configuration) != AccessMode.Accounts)
            return;
        services.AddHostedService<KeyWarning>();
        services.AddHostedService<OwnerLink>();
        if (options.Oidc.IsConfigured)
        {
            services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, OidcSetup>();
            schemes.AddOpenIdConnect(OidcSignIn.Scheme, options.Oidc.Name, _ => { });
        }
    }

    /// <summary>Takes what a provider sends back. Belongs where failures become answers, before routing.</summary>
    public static void UseAccounts(this WebApplication app) => app.UseAuthentication();

    /// <summary>The options before they are checked: what cannot be read is refused later, with all else that is wrong.</summary>
    public static AccessOptions Read(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        }
        catch (InvalidOperationException)
        {
            return new AccessOptions();
        }
    }

    // Length is what makes a password hard to guess; rules of composition make it hard to remember.
    private static void SetRules(IdentityOptions options)
    {
        options.User.AllowedUserNameCharacters = "";
        options.Password.RequiredLength = PasswordNameRule.Least;
        options.Password.RequiredUniqueChars = 4;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }
}
