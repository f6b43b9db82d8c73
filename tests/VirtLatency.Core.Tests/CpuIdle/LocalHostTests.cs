using System.Diagnostics;
using System.Runtime.InteropServices;
using VirtLatency.CpuIdle;

#pragma warning disable CA1416 // Hosts and tests run on Linux.

namespace VirtLatency.Tests.CpuIdle;

/// <summary>Reading by patterns: a captured tree and what its links may lead to, long files, and this machine's own.</summary>
public sealed class LocalHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void A_link_of_a_captured_tree_never_leads_to_this_machine()
    {
        string secret = _outside.Write("secret", "this machine");
        Directory.CreateDirectory(_folder.Path + "/proc");
        File.CreateSymbolicLink(_folder.Path + "/proc/cmdline", secret);
        Directory.CreateSymbolicLink(_folder.Path + "/sys", _outside.Path);
        string climb = string.Concat(Enumerable.Repeat("../", 20));
        File.CreateSymbolicLink(_folder.Path + "/proc/uptime", climb + secret[1..]);
        File.CreateSymbolicLink(_folder.Path + "/etc", "/");

        HostTree tree = LocalHost.Captured(_folder.Path).Read(["/proc/cmdline", "/proc/*", "/sys/secret", "/sys/*", "/etc" + secret, "/e*" + secret]);

        Assert.Empty(tree.Files);
        Assert.Empty(tree.Denied);
    }

    [Fact]
    public void Links_of_a_captured_tree_are_followed_as_on_its_host()
    {
        _folder.Write("sys/devices/pci0/net/eth0/ifindex", "2\n");
        _folder.Write("sys/devices/virtual/net/br0/ifindex", "3\n");
        Directory.CreateDirectory(_folder.Path + "/sys/class/net");
        Directory.CreateSymbolicLink(_folder.Path + "/sys/class/net/eth0", "../../devices/pci0/net/eth0");
        Directory.CreateSymbolicLink(_folder.Path + "/sys/class/net/br0", "/sys/devices/virtual/net/br0");
        Directory.CreateSymbolicLink(_folder.Path + "/sys/devices/virtual/net/br0/lower_eth0", "../../../pci0/net/eth0");
        Directory.CreateSymbolicLink(_folder.Path + "/sys/class/net/round", "round");
        _folder.Write("etc/hostname.real", "hv-42\n");
        File.CreateSymbolicLink(_folder.Path + "/etc/hostname", "/etc/hostname.real");

        LocalHost host = LocalHost.Captured(_folder.Path);
        HostTree tree = host.Read(["/sys/class/net/*/ifindex", "/sys/class/net/*/lower_*/ifindex", "/etc/hostname", "/sys/class/net/round"]);

        Assert.Equal("hv-42", host.HostName);
        Assert.Equal(
            ["/etc/hostname=hv-42", "/sys/class/net/br0/ifindex=3", "/sys/class/net/br0/lower_eth0/ifindex=2", "/sys/class/net/eth0/ifindex=2"],
            tree.Files.Select(file => $"{file.Key}={file.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Patterns_match_as_the_shells()
    {
        foreach (string name in (string[])["cpu0", "cpu10", "cpu", "xcpu0", "cpuidle", ".cpu0", "cpu0x", "ab", "aab", "a*b"])
        {
            _folder.Write("d/" + name, "1");
        }

        Assert.Equal("cpu,cpu0,cpu0x,cpu10,cpuidle", Match("/d/cpu*"));
        Assert.Equal("cpu0,xcpu0", Match("/d/*cpu0"));
        Assert.Equal("cpu0,cpu0x,cpu10", Match("/d/c*u*0*"));
        Assert.Equal("a*b,aab,ab", Match("/d/a*b"));
        Assert.Equal("aab", Match("/d/aab", "/d/a?b", "/d/none"));
        Assert.Equal(".cpu0", Match("/d/.c*"));
        Assert.DoesNotContain(".cpu0", Match("/d/*"), StringComparison.Ordinal);
    }

    /// <summary>A host of 2000 CPUs: 2000 lines of more than 60 bytes, then what stands behind them.</summary>
    [Fact]
    public void A_long_file_is_read_whole()
    {
        string text = string.Concat(Enumerable.Range(0, 2000).Select(cpu => FormattableString.Invariant($"cpu{cpu} 100000000 200000000 300000000 400000000 500000000 600000\n"))) + "ctxt 4711";
        _folder.Write("proc/stat", text + "\n");
        Assert.True(text.Length > 64 * 1024);

        Assert.Equal(text, LocalHost.Captured(_folder.Path).Read(["/proc/stat"]).TextOf("/proc/stat"));
    }

    [Fact]
    public void A_pipe_in_a_tree_does_not_stop_the_reading()
    {
        _folder.Write("proc/cmdline", "quiet\n");
        using (Process make = Process.Start("mkfifo", [_folder.Path + "/proc/fifo"]))
        {
            make.WaitForExit();
            Assert.Equal(0, make.ExitCode);
        }

        Assert.Equal("quiet", LocalHost.Captured(_folder.Path).Read(["/proc/*"]).TextOf("/proc/cmdline"));
    }

    /// <summary>As nobody, where this runs as root: the number that counts for files is the thread's own.</summary>
    [Fact]
    public void A_name_that_may_not_be_read_is_passed_over()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        string name = _folder.Write("etc/hostname", "hv-42\n");
        _folder.Write("proc/cmdline", "quiet\n");
        File.SetUnixFileMode(name, UnixFileMode.None);
        (string? Name, HostTree? Tree) found = default;
        var reader = new Thread(() =>
        {
            _ = SetUser(65534);
            LocalHost host = LocalHost.Captured(_folder.Path);
            found = (host.HostName, host.Read(["/etc/hostname", "/proc/cmdline"]));
        });
        reader.Start();
        reader.Join();

        Assert.Equal((Path.GetFileName(_folder.Path), "quiet"), (found.Name, found.Tree!.TextOf("/proc/cmdline")));
        Assert.Equal(["/etc/hostname"], found.Tree.Denied);
    }

    [Fact]
    public void This_machine_is_read_as_other_programs_read_it()
    {
        using LocalHost host = LocalHost.Live();
        string self = FormattableString.Invariant($"/proc/{Environment.ProcessId}");
        HostTree tree = host.Read(["/proc/sys/kernel/osrelease", self + "/maps", self + "/task/*/comm", "/sys/class/net/lo/ifindex", "/sys/class/net/lo/../../../virtual/n*/lo/ifindex", "/proc/1/none"]);

        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), tree.TextOf("/proc/sys/kernel/osrelease"));
        Assert.Equal("1", tree.TextOf("/sys/class/net/lo/ifindex"));

        // A device is a link: what lies above it is not /sys/class.
        Assert.Equal("1", tree.TextOf("/sys/class/net/lo/../../../virtual/net/lo/ifindex"));

        // The kernel gives maps in pieces of a page.
        Assert.True(tree.TextOf(self + "/maps")!.Length > 8192);
        Assert.Contains("[stack]", tree.TextOf(self + "/maps"), StringComparison.Ordinal);
        Assert.NotNull(tree.TextOf($"{self}/task/{Environment.ProcessId}/comm"));
        Assert.Null(tree.TextOf("/proc/1/none"));
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "setfsuid", ExactSpelling = true)]
    private static extern int SetUser(int user);

    private string Match(params string[] patterns) => string.Join(
        ',', LocalHost.Captured(_folder.Path).Read(patterns).Files.Keys.Select(path => path[3..]).Order(StringComparer.Ordinal));
}
