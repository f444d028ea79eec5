using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Browser.Tests;

/// <summary>Landscapes of known functions, as a script would push them.</summary>
public static class Grids
{
    public static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A plane from −1 to 1 along both directions. The path: five checkpoints from (−1, 0) to the origin at steps 0 to 400, each 0.5 above the plane and 0.5 away from it.</summary>
    public static object Plane(int width, int height, Func<double, double, double> loss, bool path = false, bool validation = false)
    {
        var (x, y) = (Axis(width), Axis(height));
        double[][] Rows(Func<double, double, double> value) => y.Select(v => x.Select(u => value(u, v)).ToArray()).ToArray();
        double[] along = [-1, -0.5, -0.25, -0.125, 0];
        return new
        {
            x,
            y,
            loss = Rows(loss),
            accuracy = path ? Rows((_, _) => 0.5) : null,
            validation = validation ? new { loss = Rows((u, v) => loss(u, v) + 1 - u), accuracy = path ? Rows((_, _) => 0.25) : null } : null,
            path = path
                ? new { x = along, y = along.Select(_ => 0.0), loss = along.Select(at => loss(at, 0) + 0.5), residual = along.Select(_ => 0.5), names = Enumerable.Range(0, 5).Select(i => $"epoch-{i}"), steps = Enumerable.Range(0, 5).Select(i => i * 100) }
                : null,
        };
    }

    private static double[] Axis(int points) => Enumerable.Range(0, points).Select(i => -1 + 2.0 * i / (points - 1)).ToArray();
}
