using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Vhost;
using VirtLatency.Ssh;

namespace VirtLatency.Tests.Ssh;

/// <summary>What is read to find the CPUs behind a tap device is the same over ssh: links of sysfs, .. behind a link, threads, open files.</summary>
public sealed class SshVhostTests(SshServer server) : IClassFixture<SshServer>
{
    [SshdFact]
    public void The_same_files_over_ssh()
    {
        // Process 1 neither ends nor changes its threads' names; which files it has open is its own business.
        string[] patterns =
        [
            .. NetworkDevices.Patterns, "/sys/class/net/*/device/msi_irqs/*", "/sys/class/net/*/device/../msi_irqs/*", "/proc/1/comm", "/proc/1/cmdline", "/proc/1/task/1/comm", "/proc/irq/*/smp_affinity_list", "/sys/kernel/irq/*/actions",
        ];
        HostTree local = LocalHost.Live().Read(patterns);
        using SshHost host = Open();

        HostTree remote = host.Read(patterns);

        Assert.Contains("/sys/class/net/lo/ifindex", local.Files.Keys);
        Assert.Equal(local.Files.OrderBy(file => file.Key, StringComparer.Ordinal), remote.Files.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    [SshdFact]
    public void A_device_that_is_no_tap_is_told_over_ssh()
    {
        using SshHost host = Open();

        VhostException error = Assert.Throws<VhostException>(() => VhostCpuReader.Read(host, ["lo"]));

        Assert.Equal(VhostProblem.DeviceNotTap, error.Problem);
        Assert.StartsWith("'lo' of 127.0.0.1 is no tap device", error.Message, StringComparison.Ordinal);
    }

    private SshHost Open() => new("127.0.0.1", SshSettings.Default() with { ConfigFile = server.ConfigFile });
}
