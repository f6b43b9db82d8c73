using System.Diagnostics;
using VirtLatency.Tests.CpuIdle;

#pragma warning disable CA1416 // Hosts and operators run Linux.

namespace VirtLatency.Tests.Ssh;

/// <summary>
/// Hosts with idle states of their own, reached through the real client, a real sshd and the program that runs on hosts:
/// ssh starts sshd for each connection (ProxyCommand) in a mount namespace where a tree on disk lies over
/// /sys/devices/system/cpu, /run and the boot's id. So what the host's shell writes can be read in the tree.
/// </summary>
public sealed class TreeHosts : IDisposable
{
    private const string Enter =
        """
        #!/bin/sh
        # DIRECTORY CONFIG FORCED: sshd on standard input and output, where the directory's tree is the machine's.
        mount --bind "$1/sys/devices/system/cpu" /sys/devices/system/cpu && mount --bind "$1/run" /run || exit 1
        mount --bind "$1/boot_id" /proc/sys/kernel/random/boot_id || exit 1
        if [ -e "$1/read-only" ]; then mount -o remount,ro,bind /sys/devices/system/cpu || exit 1; fi
        if [ -n "$3" ]; then exec /usr/sbin/sshd -i -f "$2" -o "ForceCommand=$3"; fi
        exec /usr/sbin/sshd -i -f "$2"

        """;

    private readonly TemporaryFolder _folder = new(inMemory: true);
    private readonly SshServer _server = new();
    private readonly List<string> _entries = [];

    public TreeHosts()
    {
        if (WhyNot is null)
        {
            string enter = _folder.Write("enter", Enter.ReplaceLineEndings("\n"));
            File.SetUnixFileMode(enter, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Why there can be no such hosts here; null where there can.</summary>
    public static string? WhyNot { get; } = SshServer.WhyNot ?? (CanMount() ? null : "NOT RUN: mount namespaces (unshare -m) are not permitted here.");

    /// <summary>The client's configuration for all hosts made so far, and for those of <see cref="SshServer"/>.</summary>
    public string ConfigFile => Path.Combine(_folder.Path, "config");

    /// <summary>Makes a host.</summary>
    /// <param name="name">Its name for ssh.</param>
    /// <param name="cpus">How many CPUs.</param>
    /// <param name="force">A command in place of the one asked for, which it finds in SSH_ORIGINAL_COMMAND; empty for none.</param>
    /// <returns>The folder with its tree.</returns>
    public string Add(string name, int cpus = 2, string force = "")
    {
        string root = Path.Combine(_folder.Path, name);
        Fill(root, cpus);
        Directory.CreateDirectory(root + "/run/sshd");

        // Each host has a boot of its own: changes are told apart by it, whatever the host is called.
        File.WriteAllText(root + "/boot_id", Guid.NewGuid().ToString() + "\n");
        string? arguments = _folder.Write(name + ".force", force);
        _entries.Add($"""
            Host {name}
              ProxyCommand unshare -m {_folder.Path}/enter {root} {_server.ServerConfig} "$(cat {arguments})"
            """);
        File.WriteAllText(ConfigFile, string.Join('\n', _entries) + "\n" + File.ReadAllText(_server.ConfigFile));
        return root;
    }

    /// <summary>What a limit reads of CPUs with POLL, C1, C1E and C6 290 us.</summary>
    internal static void Fill(string root, int cpus)
    {
        var tree = new SysTree(root);
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            tree.Needed(cpu, SysTree.Xeon).Write(FormattableString.Invariant($"/sys/devices/system/cpu/cpu{cpu}/power/pm_qos_resume_latency_us"), "0");
        }

        tree.Online(FormattableString.Invariant($"0-{cpus - 1}"));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private static bool CanMount()
    {
        using Process? probe = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec unshare -m mount --bind /tmp /run"]) { UseShellExecute = false, RedirectStandardError = true });
        probe!.WaitForExit();
        return probe.ExitCode == 0;
    }
}
