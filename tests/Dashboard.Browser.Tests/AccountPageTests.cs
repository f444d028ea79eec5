namespace Dashboard.Browser.Tests;

/// <summary>People on a server with accounts: the first owner, a guest, and what each of them sees.</summary>
[Collection(BrowserSuite.Name)]
public sealed class AccountPageTests(BrowserFixture browser)
{
    private const string Password = "correct horse battery staple";
    private const string Project = "cats & dogs";

    [Fact]
    public async Task Owner_ByTheFirstLink_InvitesAGuestWhoSeesNoMoreThanTheirRole()
    {
        await using var server = await LossboardServer.StartWithAccountsAsync();
        await using var owners = await browser.OpenAsync(await server.OwnerLinkAsync());
        var owner = owners.Page;
        await Expect(owner.Locator("#invitation-said")).ToContainTextAsync("this server, as Owner");
        await EnterAsync(owner, "ada");
        await Expect(owner.Locator("#account-menu summary")).ToHaveTextAsync("ada");
        Assert.DoesNotContain('#', owner.Url);
        await PushAsync(owner);

        // A link for the project, seen once.
        await owner.GotoAsync($"{server.Address}people?project={Uri.EscapeDataString(Project)}");
        await Expect(owner.Locator("#people-list .person")).ToHaveCountAsync(1);
        await owner.Locator("#invite-form [name=role]").SelectOptionAsync("viewer");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await Expect(owner.Locator("#pending-list")).ToContainTextAsync("Viewer");
        var link = await owner.Locator("#invite-url").InputValueAsync();

        // The guest, on a phone.
        await using var guests = await browser.OpenAsync(link, 390, 844, ColorScheme.Dark);
        var guest = guests.Page;
        guests.MayBeRefused = true;
        await Expect(guest.Locator("#invitation-said")).ToHaveTextAsync($"ada lets you in: {Project}, as Viewer. Choose a name and a password.");
        await EnterAsync(guest, "ada");
        await Expect(guest.Locator("#invitation-error")).ToHaveTextAsync("Somebody has this name. Choose another.");
        await EnterAsync(guest, "grace");
        await Expect(guest.Locator(".project")).ToHaveCountAsync(1);
        await Expect(guest.Locator("#account-menu summary")).ToBeVisibleAsync();
        Assert.False(await guest.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"));

        await guest.GotoAsync($"{server.Address}jobs?project={Uri.EscapeDataString(Project)}");
        await Expect(guest.Locator("#jobs-empty")).ToBeVisibleAsync();
        await Expect(guest.Locator("[data-needs=write]:visible")).ToHaveCountAsync(0);
        Assert.Equal(403, await guest.EvaluateAsync<int>("fetch('api/v1/runs', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ project: 'cats & dogs', run: 'x' }) }).then((answer) => answer.status)"));

        // Another role is another page; no role is none.
        await owner.ReloadAsync();
        await owner.GetByLabel("Role of grace").SelectOptionAsync("member");
        await Expect(owner.Locator(".toast")).ToHaveTextAsync("Changed");
        await guest.ReloadAsync();
        await Expect(guest.Locator("#jobs-empty [data-needs=write]").First).ToBeVisibleAsync();
        await owner.GetByRole(AriaRole.Button, new() { Name = "Remove grace" }).ClickAsync();
        await owner.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(owner.Locator("#people-list .person")).ToHaveCountAsync(1);
        await guest.GotoAsync(server.Address);
        await Expect(guest.Locator("h1")).ToHaveTextAsync("No project yet");
        await guest.Locator("#sign-out").ClickAsync();
        await guest.WaitForURLAsync("**/sign-in");
    }

    [Fact]
    public async Task SignIn_WrongThenRight_ComesBackToThePageThatWasAskedFor()
    {
        await using var server = await LossboardServer.StartWithAccountsAsync();
        await using var watched = await browser.OpenAsync(await server.OwnerLinkAsync(), mayBeRefused: true);
        var page = watched.Page;
        await EnterAsync(page, "ada");
        await PushAsync(page);
        await page.Locator("#account-menu summary").ClickAsync();
        await page.Locator("#sign-out").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");

        var wanted = $"{server.Address}runs?project={Uri.EscapeDataString(Project)}";
        await page.GotoAsync(wanted);
        await page.GetByLabel("Name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync("not her password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#sign-in-error")).ToHaveTextAsync("The name or the password is not right.");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#runs-page")).ToBeVisibleAsync();
        Assert.Equal(new Uri(wanted), new Uri(page.Url));

        // Signed out elsewhere: the open page says so and stays as it is.
        await using var elsewhere = await browser.OpenAsync($"{server.Address}sign-in?return=%2Faccount");
        await elsewhere.Page.GetByLabel("Name").FillAsync("ada");
        await elsewhere.Page.GetByLabel("Password").FillAsync(Password);
        await elsewhere.Page.Keyboard.PressAsync("Enter");
        await elsewhere.Page.Locator("#sign-out-everywhere").ClickAsync();
        await elsewhere.Page.Locator("dialog .button.primary").ClickAsync();
        await elsewhere.Page.WaitForURLAsync("**/sign-in");
        await page.Locator("#views-menu summary").ClickAsync();
        await Expect(page.Locator("#session-ended")).ToContainTextAsync("Your session has ended.");
        await Expect(page.Locator("#runs-page")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pages_OfAccounts_HaveNoSeriousViolation()
    {
        await using var server = await LossboardServer.StartWithAccountsAsync();
        await using var watched = await browser.OpenAsync(await server.OwnerLinkAsync());
        var page = watched.Page;
        await Expect(page.Locator("#invitation-form")).ToBeVisibleAsync();
        await CheckAsync("invitation");
        await EnterAsync(page, "ada");
        foreach (var path in new[] { "account", "people", $"people?project={Uri.EscapeDataString(Project)}" })
        {
            await page.GotoAsync(server.Address + path);
            await page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]')");
            await CheckAsync(path);
        }
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(server.Address);
        await Expect(page.Locator("#sign-in")).ToBeVisibleAsync();
        await CheckAsync("sign-in");

        async Task CheckAsync(string name)
        {
            foreach (var (width, scheme) in new[] { (1440, ColorScheme.Light), (390, ColorScheme.Dark) })
            {
                await page.SetViewportSizeAsync(width, 844);
                // A colour on its way from one theme to the other is neither of them.
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await page.EvaluateAsync("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
                await page.WaitForFunctionAsync("() => document.getAnimations().every((one) => one.playState !== 'running')");
                Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), $"{name} at {width} px is too wide.");
                var found = await AccessibilityTests.ViolationsAsync(page);
                Assert.True(found.Length == 0, $"{name} at {width} px:\n{found}");
            }
        }
    }

    private static async Task EnterAsync(IPage page, string name)
    {
        await page.Locator("#invitation-form [name=name]").FillAsync(name);
        await page.Locator("#invitation-form [name=password]").FillAsync(Password);
        await page.Locator("#invitation-go").ClickAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('#invitation-page') || document.querySelector('#invitation-error').textContent");
    }

    private static Task PushAsync(IPage page) => page.EvaluateAsync(
        "fetch('api/v1/events', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ project: 'cats & dogs', run: 'r', events: [{ type: 'scalar', tag: 'loss', step: 1, value: 1 }] }) })");
}
