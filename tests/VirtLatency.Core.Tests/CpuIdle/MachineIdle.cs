namespace VirtLatency.Tests.CpuIdle;

/// <summary>
/// This machine's own idle states, for one test at a time of all test processes: what a test leaves changed is put back,
/// and no other test compares values meanwhile.
/// </summary>
internal sealed class MachineIdle : IDisposable
{
    private const string Cpus = "/sys/devices/system/cpu";

    private readonly FileStream _turn = WaitForTurn();
    private readonly Dictionary<string, string> _before;

    public MachineIdle() => _before = Values();

    /// <summary>cpu0's first state behind POLL, which may be switched off.</summary>
    public static string Folder => Cpus + "/cpu0/cpuidle/state1";

    /// <summary>cpu0's resume latency.</summary>
    public static string ResumeLatency => Cpus + "/cpu0/power/pm_qos_resume_latency_us";

    /// <summary>Why idle states of this machine cannot be limited; null where they can.</summary>
    public static string? WhyNot { get; } =
        !File.Exists(Folder + "/disable") ? "NOT RUN: this machine has no idle states (no cpuidle)."
        : !Environment.IsPrivilegedProcess ? "NOT RUN: limiting this machine's idle states needs root."
        : null;

    /// <summary>The name of that state.</summary>
    public static string StateName => File.ReadAllText(Folder + "/name").Trim();

    /// <summary>The flag of that state.</summary>
    public static string Flag => File.ReadAllText(Folder + "/disable").Trim();

    /// <summary>Every flag and resume latency of this machine, by file.</summary>
    public static Dictionary<string, string> Values() => Directory.EnumerateDirectories(Cpus, "cpu*")
        .SelectMany(cpu => (string[])[cpu + "/power/pm_qos_resume_latency_us", .. Directory.Exists(cpu + "/cpuidle") ? Directory.EnumerateDirectories(cpu + "/cpuidle", "state*").Select(state => state + "/disable") : []])
        .Where(File.Exists).Order(StringComparer.Ordinal).ToDictionary(path => path, path => File.ReadAllText(path).Trim(), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach ((string path, string value) in Values().Where(pair => _before.TryGetValue(pair.Key, out string? before) && before != pair.Value))
        {
            File.WriteAllText(path, _before[path]);
        }

        _turn.Dispose();
    }

    private static FileStream WaitForTurn()
    {
        for (long end = Environment.TickCount64 + 300_000; ; Thread.Sleep(100))
        {
            try
            {
                return new FileStream(Path.Combine(Path.GetTempPath(), "virtlatency-tests-idle.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < end)
            {
                // Another test has its turn.
            }
        }
    }
}
