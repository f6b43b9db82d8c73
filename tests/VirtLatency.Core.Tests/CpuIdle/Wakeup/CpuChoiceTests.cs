using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Wakeup;

namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>Which CPUs are taken, and which are refused and why.</summary>
public sealed class CpuChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SysTree _tree;

    /// <summary>Four CPUs; 0 and 1 share a core, 2 and 3 do.</summary>
    public CpuChoiceTests()
    {
        _tree = new SysTree(_folder.Path).Online("0-3").Thread(2, 2, "kthreadd", "0-3", flags: 0x208040);
        foreach (int cpu in (int[])[0, 1, 2, 3])
        {
            _tree.Write(FormattableString.Invariant($"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list"), cpu < 2 ? "0-1" : "2-3");
        }
    }

    private WakeupHost Host => new("hv-07", LocalHost.Captured(_folder.Path).Read(WakeupHost.Patterns));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void By_default_not_CPU_0_and_a_waker_of_another_core()
    {
        Assert.Equal((1, 2), Pair());
        Assert.Equal((3, 0), Pair(3));
        Assert.Equal([], Choose([3]).Notes);
        Assert.Equal(["the waker spins on CPU 2, an SMT sibling: the core never reaches a deep state"], Choose([3], waker: 2).Notes);
    }

    [Theory]
    [InlineData("/sys/devices/system/cpu/isolated", "1")]
    [InlineData("/sys/devices/system/cpu/nohz_full", "1")]
    [InlineData("/proc/cmdline", "ro isolcpus=managed_irq,domain,1 quiet")]
    [InlineData("/proc/cmdline", "nohz_full=1")]
    public void Isolated(string path, string content)
    {
        _tree.Write(path, content);

        Assert.Equal((2, 0), Pair());
        Assert.Equal(WakeupProblem.CpuIsolated, Refusal(1));
        Assert.Equal(WakeupProblem.CpuIsolated, Refusal(2, waker: 1));
        Assert.Equal(["forced although CPU 1 is isolated (isolcpus, nohz_full or a cpuset)"], Choose([1], isForced: true).Notes);
    }

    [Theory]
    [InlineData(900, "qemu-kvm", 902, "CPU 0/KVM", "1", true)]
    [InlineData(900, "qemu-system-x86", 903, "worker (a) b", "1", true)]
    [InlineData(900, "qemu-kvm", 902, "CPU 0/KVM", "1-2", false)]
    [InlineData(900, "bash", 902, "bash", "1", false)]
    public void Pinned_vCPUs(int process, string name, int thread, string threadName, string cpus, bool isRefused)
    {
        _tree.Thread(process, process, name, "0-3").Thread(process, thread, threadName, cpus);

        Assert.Equal(isRefused ? (2, 0) : (1, 2), Pair());
        Assert.Equal(isRefused ? WakeupProblem.CpuHasPinnedVcpu : null, Refusal(1));
    }

    [Theory]
    [InlineData(1, "1-2", 0x400040, true)]
    [InlineData(2, "1", 0x400040, true)]
    [InlineData(6, "1", 0x400040, true)]
    [InlineData(0, "1", 0x400040, false)]
    [InlineData(1, "1", 0x4208040, false)]
    public void Realtime_threads_but_the_kernels(int policy, string cpus, long flags, bool isRefused)
    {
        _tree.Thread(700, 701, "dpdk", cpus, policy, flags);

        Assert.Equal(isRefused ? WakeupProblem.CpuHasRealtimeThread : null, Refusal(1));
    }

    [Fact]
    public void Realtime_threads_of_any_CPU_and_hidden_threads_are_said()
    {
        _tree.Thread(700, 700, "multipathd", "0-3", policy: 2);
        Assert.Null(Refusal(1));
        Assert.Equal(["1 realtime threads may run on any CPU (multipathd)"], Host.Notes());

        File.Delete(_folder.Path + "/proc/2/task/2/stat");
        Assert.StartsWith("only some threads are in sight", Host.Notes().Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void CPUs_that_are_not_there_or_not_allowed()
    {
        _tree.Write("/proc/self/status", "Name:\tpwsh\nCpus_allowed:\t7\nCpus_allowed_list:\t0-2");

        Assert.Equal(WakeupProblem.CpuNotOnline, Refusal(8));
        Assert.Equal(WakeupProblem.CpuNotAllowed, Refusal(3));
        Assert.Equal(WakeupProblem.WakerIsSleeper, Refusal(1, waker: 1));

        _tree.Write("/proc/self/status", "Cpus_allowed_list:\t2");
        Assert.Equal(WakeupProblem.NeedsTwoCpus, Refusal(2));
    }

    [Fact]
    public void One_CPU_online()
    {
        _tree.Online("0");

        var error = Assert.Throws<WakeupException>(() => Choose([]));

        Assert.Equal(WakeupProblem.NeedsTwoCpus, error.Problem);
        Assert.StartsWith("This process may use 1 of 1 online CPUs on hv-07", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm", "CPU flag hypervisor")]
    [InlineData("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme lahf_lm", null)]
    [InlineData("/sys/class/dmi/id/sys_vendor", "QEMU", "QEMU")]
    [InlineData("/sys/class/dmi/id/sys_vendor", "Dell Inc.", null)]
    [InlineData("/sys/hypervisor/type", "xen", "xen")]
    public void Virtual_machines(string path, string content, string? expected)
    {
        _tree.Write(path, content);

        Assert.Equal(expected, Host.VirtualMachine);
        Assert.Equal(expected is not null, Host.Notes().Any(note => note.Contains("the guest's wake-up", StringComparison.Ordinal)));
    }

    private CpuPair Choose(int[] cpus, int? waker = null, bool isForced = false) => CpuChoice.Of(Host, new WakeupRequest(cpus, waker, WakeupPlan.Of([10], 20), isForced))[0];

    private (int Cpu, int WakerCpu) Pair(params int[] cpus) => (Choose(cpus).Cpu, Choose(cpus).WakerCpu);

    private WakeupProblem? Refusal(int cpu, int? waker = null) => (Record.Exception(() => Choose([cpu], waker)) as WakeupException)?.Problem;
}
