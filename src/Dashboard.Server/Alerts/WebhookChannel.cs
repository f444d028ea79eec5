using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>
/// Posts messages as JSON. With a secret, <c>Lossboard-Signature: t=…,v1=…</c> holds the second it was sent and the HMAC-SHA256, in hex, of that number, a dot and the body.
/// Redirects are not followed, no proxy of the environment is used and nothing of the answer but its status is kept.
/// </summary>
internal sealed class WebhookChannel : IAlertChannel, IDisposable
{
    public const string SignatureHeader = "Lossboard-Signature";
    public const string DeliveryHeader = "Lossboard-Delivery";

    private readonly AlertOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _client;

    public WebhookChannel(IOptions<AlertOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        });
    }

    public string Name => AlertChannels.Webhook;

    public async Task<AlertResult> SendAsync(AlertMessage message, AlertRules rules, CancellationToken cancellation)
    {
        if (rules.WebhookUrl is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            return new AlertResult(false, "The project has no webhook any more.", Again: false);
        if (_options.Webhooks == "none")
            return new AlertResult(false, "This server's configuration allows no webhooks (Alerts:Webhooks).", Again: false);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, ContractsJson.Default.AlertMessage);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", MediaTypes.Json);
        request.Headers.TryAddWithoutValidation("User-Agent", "Lossboard");
        request.Headers.TryAddWithoutValidation(DeliveryHeader, message.Id);
        if (rules.WebhookSecret is { Length: > 0 } secret)
            request.Headers.TryAddWithoutValidation(SignatureHeader, Sign(body, secret, _clock.GetUtcNow().ToUnixTimeSeconds()));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            using var response = await _client.SendAsync(request, limit.Token);
            return Of(response);
        }
        catch (AddressNotAllowedException)
        {
            return new AlertResult(false, "The address is private, and this server's configuration allows public ones only (Alerts:Webhooks).", Again: false);
        }
        catch (HttpRequestException failure) when (failure.InnerException is AddressNotAllowedException)
        {
            return new AlertResult(false, "The address is private, and this server's configuration allows public ones only (Alerts:Webhooks).", Again: false);
        }
        catch (HttpRequestException failure)
        {
            // The message of the exception may hold the address, whose path is often a secret.
            return new AlertResult(false, $"The receiver could not be reached ({failure.HttpRequestError}).");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new AlertResult(false, $"The receiver did not answer within {_options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture)} seconds.");
        }
    }

    /// <summary>The value of the signature's header.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret, long second)
    {
        var time = second.ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hash.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    public void Dispose() => _client.Dispose();

    private static AlertResult Of(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new AlertResult(true, $"The receiver answered {status}.");
        // What is wrong with the request stays wrong; 408 and 429 say "later".
        var again = status is 408 or 425 or 429 || status >= 500;
        var after = response.Headers.RetryAfter?.Delta?.TotalSeconds;
        return new AlertResult(false, status is >= 300 and < 400
            ? $"The receiver answered {status}: it sends elsewhere, and redirects are not followed."
            : $"The receiver answered {status}.", again, after);
    }

    // The address is checked where it is connected to: a name may mean another one a moment after a check before.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation);
        if (_options.Webhooks == "public" && addresses.FirstOrDefault(address => !NetworkReach.IsPublic(address)) is not null)
            throw new AddressNotAllowedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AddressNotAllowedException : Exception;
}
