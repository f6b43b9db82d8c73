using System.Globalization;

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Writes the files that a host's kernel has about idle states, as a captured tree below a folder.</summary>
internal sealed class SysTree
{
    private const string Cpus = "/sys/devices/system/cpu";

    public SysTree(string root, string driver = "intel_idle", string governor = "menu")
    {
        Root = root;
        Write(Cpus + "/cpuidle/current_driver", driver);
        Write(Cpus + "/cpuidle/current_governor", governor);
        Write("/proc/cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro quiet");
        Write("/proc/sys/kernel/osrelease", "5.10.0-136.el8.x86_64");
        Write("/proc/sys/kernel/random/boot_id", "6f8a1c1e-0000-4000-8000-000000000001");
        Write("/proc/sys/kernel/hostname", "hv-07");
    }

    public string Root { get; }

    /// <summary>POLL 0, C1 1, C1E 4, C6 290 us: the table of the investigation's hosts.</summary>
    public static (string Name, long Latency, long Residency)[] Xeon { get; } = [("POLL", 0, 0), ("C1", 1, 1), ("C1E", 4, 4), ("C6", 290, 800)];

    public SysTree Cpu(int number, params (string Name, long Latency, long Residency)[] states)
    {
        for (int index = 0; index < states.Length; index++)
        {
            (string name, long latency, long residency) = states[index];
            Attribute(number, index, "name", name);
            Attribute(number, index, "desc", name == "POLL" ? "CPUIDLE CORE POLL IDLE" : "MWAIT " + name);
            Attribute(number, index, "latency", latency);
            Attribute(number, index, "residency", residency);
            Attribute(number, index, "disable", 0);
            Attribute(number, index, "default_status", "enabled");
            foreach (string counter in (string[])["usage", "time", "above", "below", "rejected"])
            {
                Attribute(number, index, counter, 0);
            }
        }

        Write(FormattableString.Invariant($"{Cpus}/cpu{number}/power/pm_qos_resume_latency_us"), "0");
        return this;
    }

    /// <summary>Only the files that a limit reads: 64 CPUs with all their files take their time on disk.</summary>
    public SysTree Needed(int number, params (string Name, long Latency, long Residency)[] states)
    {
        for (int index = 0; index < states.Length; index++)
        {
            (string name, long latency, _) = states[index];
            Attribute(number, index, "name", name).Attribute(number, index, "latency", latency).Attribute(number, index, "disable", 0).Attribute(number, index, "usage", 0);
        }

        return this;
    }

    public SysTree Online(string range)
    {
        Write(Cpus + "/online", range);
        Write(Cpus + "/possible", range);
        return this;
    }

    public SysTree Attribute(int cpu, int state, string name, object value)
    {
        Write(FormattableString.Invariant($"{Cpus}/cpu{cpu}/cpuidle/state{state}/{name}"), Convert.ToString(value, CultureInfo.InvariantCulture)!);
        return this;
    }

    public SysTree Write(string path, string content)
    {
        string full = Root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content + "\n");
        return this;
    }
}
