using VirtLatency.Shell;
using VirtLatency.Tests.CpuIdle;

namespace VirtLatency.Tests;

/// <summary>A host of 128 CPUs fits on one screen: 24 lines of 80 columns, ranges instead of rows where CPUs agree.</summary>
public sealed class LargeHostViewTests : IClassFixture<LargeHostViewTests.Trees>
{
    private const int Columns = 80;
    private const int Lines = 24;

    private readonly Trees _trees;

    public LargeHostViewTests(Trees trees) => _trees = trees;

    [Theory]
    [InlineData("Get-CStateConfig -SysRoot $tree", "128 (0-127), not all alike")]
    [InlineData("Get-CStateConfig -SysRoot $tree", "POLL 0us, C1 1us, C1E 4us, C6 290us (off on 64-127)")]
    [InlineData("Get-CStateConfig -SysRoot $tree | Format-Table -View Fleet", "hv-07            intel_idle  menu        128 C6            290")]
    [InlineData("Get-CStateConfig -SysRoot $tree -VhostWorker vnet0", "2 (5-6), all alike")]
    [InlineData("Get-CStateUsage -SysRoot $tree -Until $later", "0-127     C6               16000.0  50.00  50.00      -    4000.0      0      0")]
    [InlineData("Get-CStateUsage -SysRoot $tree", "0-127     POLL                 0.0   0.00   0.00      -         -      0      0")]
    [InlineData("Set-CStateLimit -MaxExitLatencyUs 10 -SysRoot $tree -WhatIf", "\"disable C6 on CPUs 0-63\" on target \"hv-07, CPUs 0-63\"")]
    [InlineData("Set-CStateLimit -MaxExitLatencyUs 10 -SysRoot $tree -VhostWorker vnet0 -WhatIf -Verbose", "vnet0: vCPUs CPU 0/KVM (3030) may run on CPUs 6.")]
    [InlineData("Set-CStateLimit -DeepestState C6 -SysRoot $tree -PassThru", "Note   : all was as asked already")]
    [InlineData("$change", "Change  : C6 0 -> 1 on CPUs 0-127")]
    [InlineData("$change", "CPUs chosen by vnet0: vhost worker 5, vCPUs 6: all CPUs of the host")]
    public void Fits_on_one_screen(string script, string line)
    {
        string[] shown = Render(script);

        Assert.Contains(shown, text => text.Contains(line, StringComparison.Ordinal));
        Assert.InRange(shown.Sum(text => Math.Max(1, (text.Length + Columns - 1) / Columns)), 1, Lines);
        Assert.DoesNotContain(shown, text => text.Contains('\u2026', StringComparison.Ordinal));
    }

    /// <summary>What a terminal breaks is a message; what views print they break themselves.</summary>
    [Theory]
    [InlineData("Get-CStateConfig -SysRoot $tree")]
    [InlineData("Get-CStateUsage -SysRoot $tree -Until $later")]
    [InlineData("$change")]
    public void Breaks_its_own_lines(string script) => Assert.All(Render(script), text => Assert.True(text.Length <= Columns, text));

    private string[] Render(string script)
    {
        const string change = "$change = [VirtLatency.Model.CStateChange]@{ HostName = 'hv-07'; CpuCount = 128; Effect = 'Effective'; JournalPath = '/var/lib/virtlatency/hv-07-20261123T001709Z-6f8a1c1e000040008000000000000001.json'; "
            + "Note = 'CPUs chosen by vnet0: vhost worker 5, vCPUs 6: all CPUs of the host'; Before = (0..127 | ForEach-Object { \"cpu$_/C6=0\" }) -join ';'; After = (0..127 | ForEach-Object { \"cpu$_/C6=1\" }) -join ';' }; ";
        var terminal = new TextTerminal(Columns);
        using var session = new ShellSession(terminal, Engine.Manifest);
        int code = session.RunCommand($"$null = Get-CStateConfig -SysRoot '{_trees.First}'; $tree = '{_trees.First}'; $later = '{_trees.Later}'; {change}{script}");
        Assert.Equal(string.Empty, terminal.ErrorOutput.ToString());
        Assert.Equal(0, code);
        return terminal.Lines;
    }

    /// <summary>
    /// The host at two moments, 30 s apart. Between them each CPU enters C6 3750 times, 125 times a second, and is in it for 15 s:
    /// 50 %, 4000 us a time.
    /// </summary>
    public sealed class Trees : IDisposable
    {
        private readonly TemporaryFolder _folder = new(inMemory: true);

        public Trees()
        {
            Write(First, "1000.00", 0, 0);
            Write(Later, "1030.00", 3750, 15_000_000);
        }

        public string First => _folder.Path + "/first";

        public string Later => _folder.Path + "/later";

        public void Dispose() => _folder.Dispose();

        private static void Write(string root, string uptime, long usage, long time)
        {
            var tree = new SysTree(root);
            for (int cpu = 0; cpu < 128; cpu++)
            {
                tree.Cpu(cpu, SysTree.Xeon).Attribute(cpu, 3, "disable", cpu < 64 ? 0 : 1).Attribute(cpu, 3, "usage", usage).Attribute(cpu, 3, "time", time);
            }

            tree.Online("0-127").Write("/proc/uptime", uptime + " 0.00")
                .Write("/sys/class/net/vnet0/ifindex", "7").Write("/sys/class/net/vnet0/tun_flags", "0x5902")
                .Write("/proc/3021/comm", "qemu-kvm").Write("/proc/3021/fdinfo/34", "iff:\tvnet0")
                .Write("/proc/3021/task/3030/comm", "CPU 0/KVM").Write("/proc/3021/task/3030/status", "Cpus_allowed_list:\t6")
                .Write("/proc/3055/comm", "vhost-3021").Write("/proc/3055/status", "Cpus_allowed_list:\t5");
        }
    }
}
