using System.Globalization;
using VirtLatency.Bench.Logs;

namespace VirtLatency.Bench;

/// <summary>
/// What the module's import adds to a bare start of pwsh, and the shell against a bare host that opens an empty runspace
/// on the same engine; taking turns, medians.
/// </summary>
internal static class StartCase
{
    private const int Rounds = 11;
    private const double MostImportSeconds = 0.1;
    private const double MostShellRatio = 1.3;

    /// <summary>Prints both.</summary>
    /// <returns>Whether both are within what is promised.</returns>
    public static bool Run()
    {
        bool hasPwsh = ChildRun.IsThere("pwsh");
        string import = $"Import-Module '{Repository.Module}'";
        List<double> bare = [], module = [], host = [], shell = [];
        for (int round = -1; round < Rounds; round++)
        {
            if (hasPwsh)
            {
                Add(bare, round, "pwsh", "-NoProfile", "-Command", "exit 0");
                Add(module, round, "pwsh", "-NoProfile", "-Command", import + "; exit 0");
            }

            Add(host, round, Repository.Program("bench/VirtLatency.BareHost", "VirtLatency.BareHost"));
            Add(shell, round, Repository.Program("src/VirtLatency.Shell", "VirtLatency.Shell"), "-Command", "exit 0");
        }

        double added = hasPwsh ? Median(module) - Median(bare) : 0;
        double ratio = Median(shell) / Median(host);
        Console.WriteLine(hasPwsh
            ? string.Create(CultureInfo.InvariantCulture, $"start: pwsh {Median(bare) * 1000:0} ms, with the module {Median(module) * 1000:0} ms: it adds {added * 1000:0} ms")
            : "pwsh is not on this machine: the module's import is not measured.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start: bare host {Median(host) * 1000:0} ms, shell with the module {Median(shell) * 1000:0} ms: ratio {ratio:0.00}"));
        return added < MostImportSeconds && ratio <= MostShellRatio;
    }

    private static void Add(List<double> times, int round, string program, params string[] arguments)
    {
        double seconds = ChildRun.Of(program, arguments).Seconds;
        if (round >= 0)
        {
            times.Add(seconds);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
