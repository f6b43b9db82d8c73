using System.Globalization;

namespace VirtLatency.CpuIdle;

/// <summary>What else on a host sets idle states, and what a limit costs there; to be shown before it is written.</summary>
public static class LimitConflicts
{
    private const string TunedProfile = "/etc/tuned/active_profile";
    private const string Energy = "/sys/class/powercap/intel-rapl:*/energy_uj";
    private const string Throttles = "/sys/devices/system/cpu/cpu*/thermal_throttle/core_throttle_count";
    private const string Frequencies = "/sys/devices/system/cpu/cpu*/cpufreq/scaling_cur_freq";
    private static readonly TimeSpan PowerWindow = TimeSpan.FromMilliseconds(200);

    /// <summary>Finds them.</summary>
    /// <param name="host">The host.</param>
    /// <param name="plan">The limit.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>One sentence each.</returns>
    public static IReadOnlyList<string> Of(IHostAccess host, LimitPlan plan, CancellationToken cancellation = default)
    {
        var found = new List<string>();
        if (host.Read([TunedProfile], cancellation).TextOf(TunedProfile)?.Trim() is { Length: > 0 } profile)
        {
            found.Add($"tuned profile '{profile}' is active on {host.HostName} and may set latency limits again.");
        }

        if (host.IsLive && host.HoldersOf(LatencyHold.Device) is { Count: > 0 } holders)
        {
            found.Add($"{LatencyHold.Device} of {host.HostName} is held by {string.Join(", ", holders)}: a limit is in force beside this one.");
        }

        int online = plan.Snapshot.Cpus.Count(cpu => cpu.IsOnline);
        if (plan.Writes.Select(write => write.Cpu).Distinct().Count() * 2 > online)
        {
            found.Add(CostOf(host, cancellation));
        }

        return found;
    }

    private static string CostOf(IHostAccess host, CancellationToken cancellation)
    {
        HostTree first = host.Read([Energy, Throttles, Frequencies], cancellation);
        var figures = new List<string>();
        string[] counters = [.. first.Files.Keys.Where(path => path.EndsWith("/energy_uj", StringComparison.Ordinal))];
        if (counters.Length > 0 && host.IsLive)
        {
            long start = Environment.TickCount64;
            cancellation.WaitHandle.WaitOne(PowerWindow);
            HostTree second = host.Read([Energy], cancellation);
            double seconds = (Environment.TickCount64 - start) / 1000.0;
            long gained = counters.Sum(path => Math.Max(0, (second.NumberOf(path) - first.NumberOf(path)) ?? 0));
            figures.Add(string.Create(CultureInfo.InvariantCulture, $"{gained / 1e6 / seconds:0} W"));
        }

        Add("core_throttle_count", numbers => FormattableString.Invariant($"{numbers.Sum()} core throttles since boot"));
        Add("scaling_cur_freq", numbers => string.Create(CultureInfo.InvariantCulture, $"{numbers.Average() / 1000:0} MHz on average"));
        string now = figures.Count == 0 ? "power, throttling and clock cannot be read" : "now " + string.Join(", ", figures);
        return $"More than half of the CPUs of {host.HostName} are limited ({now}): idle cores keep drawing power, and busy cores get less turbo.";

        void Add(string name, Func<long[], string> text)
        {
            long[] numbers = [.. first.Files.Keys.Where(path => path.EndsWith('/' + name, StringComparison.Ordinal)).Select(first.NumberOf).OfType<long>()];
            if (numbers.Length > 0)
            {
                figures.Add(text(numbers));
            }
        }
    }
}
