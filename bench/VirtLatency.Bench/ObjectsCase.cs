using System.Globalization;
using VirtLatency.Bench.Logs;

namespace VirtLatency.Bench;

/// <summary>
/// Import-IcmpRttLog into Measure-Object in pwsh, against a bare cmdlet that writes as many ready-made samples into the
/// same consumer: how much of the pipeline's own speed is left. Both take turns in one process (objects.ps1).
/// </summary>
internal static class ObjectsCase
{
    private const int Megabytes = 100;

    /// <summary>Of the bare cmdlet's records per second.</summary>
    private const double Least = 0.5;

    /// <summary>Prints both speeds.</summary>
    /// <returns>Whether ours is at least half of the other.</returns>
    public static bool Run()
    {
        if (!ChildRun.IsThere("pwsh"))
        {
            Console.WriteLine("pwsh is not on this machine: nothing is measured.");
            return true;
        }

        using var folder = new LogFolder();
        string log = folder.Write(LogCases.All[0], Megabytes * 1_000_000L);
        string text = ChildRun.Read("pwsh", "-NoProfile", "-File", Path.Combine(AppContext.BaseDirectory, "objects.ps1"), "-Log", log, "-Module", Repository.Module);
        Console.WriteLine(text);
        return double.Parse(text.Trim().Split(' ')[^1], CultureInfo.InvariantCulture) >= Least;
    }
}
