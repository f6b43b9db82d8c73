using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Vhost;

namespace VirtLatency.Tests.CpuIdle.Vhost;

/// <summary>The CPUs behind tap devices, on trees as /proc and /sys of hosts show them; all lists were put together by hand.</summary>
public sealed class VhostCpuReaderTests : IDisposable
{
    private const string Nic = "0000:3b:00.0";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Kernel 5.10: the worker is a thread of the kernel. Worker 2-3, vCPUs 4 and 5, interrupts 0 and 1.</summary>
    [Fact]
    public void A_worker_of_the_kernels()
    {
        Bridge().Qemu(3021, "0-15").Thread(3021, 3030, "CPU 0/KVM", "4").Thread(3021, 3031, "CPU 1/KVM", "5").Thread(3021, 3040, "IO iothread1", "9").Open(3021, 33).Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2-3");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal([0, 1, 2, 3, 4, 5], cpus.Cpus);
        Assert.Equal("vnet0: vhost worker 2-3, vCPUs 4-5, irqs of eth0 0-1", cpus.Summary);
        Assert.Empty(cpus.Warnings);
        Assert.Equal(
            [
                "vnet0: vhost worker vhost-3021 (3055) may run on CPUs 2-3.",
                "vnet0: vCPUs CPU 0/KVM (3030) may run on CPUs 4.",
                "vnet0: vCPUs CPU 1/KVM (3031) may run on CPUs 5.",
                "vnet0: irqs of eth0 131 may run on CPUs 0, now on 0.",
                "vnet0: irqs of eth0 132 may run on CPUs 1.",
            ],
            cpus.Details);
    }

    /// <summary>Kernel 6.4 and later: the worker is a thread of QEMU.</summary>
    [Fact]
    public void A_worker_of_qemus()
    {
        Bridge().Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Thread(3021, 3055, "vhost-3021", "2").Open(3021, 34, "vnet0");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0-1", Read("vnet0").Summary);
    }

    /// <summary>Two queue pairs: two files of the device, two workers of one name, on 2 and on 6.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Several_queues(bool isKernels)
    {
        VhostTree tree = Bridge().Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").Open(3021, 35, "vnet0");
        _ = isKernels ? tree.KernelWorker(3055, 3021, "2").KernelWorker(3056, 3021, "6") : tree.Thread(3021, 3055, "vhost-3021", "2").Thread(3021, 3056, "vhost-3021", "6");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal([0, 1, 2, 4, 6], cpus.Cpus);
        Assert.Equal([3055, 3056], cpus.Sources.Where(source => source.Part == "vhost worker").Select(source => source.Id));
        Assert.Empty(cpus.Warnings);
    }

    [Fact]
    public void Two_machines_do_not_mix()
    {
        Bridge().Tap("vnet1").Enslave("br0", "vnet1")
            .Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2")
            .Qemu(4100, "9").Thread(4100, 4101, "CPU 0/KVM", "10-11").Open(4100, 34, "vnet1").KernelWorker(4155, 4100, "12");

        Assert.Equal([0, 1, 2, 4], Read("vnet0").Cpus);
        Assert.Equal([0, 1, 10, 11, 12], Read("vnet1").Cpus);
        Assert.Equal("vnet1: vhost worker 12, vCPUs 10-11, irqs of eth0 0-1; vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0-1", Read("vnet1", "vnet0", "vnet1").Summary);
    }

    [Fact]
    public void Two_devices_of_one_machine_share_its_workers()
    {
        Bridge().Tap("vnet1").Enslave("br0", "vnet1").Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").Open(3021, 36, "vnet1").KernelWorker(3055, 3021, "2").KernelWorker(3056, 3021, "3");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal([0, 1, 2, 3, 4], cpus.Cpus);
        Assert.Equal("The virtual machine of vnet0 has 2 tap devices (vnet0, vnet1), and the kernel does not say which worker serves which: all 2 are taken.", Assert.Single(cpus.Warnings));
    }

    [Fact]
    public void The_slaves_of_a_bond_under_a_vlan()
    {
        new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("br100").Device("bond0").Device("bond0.100").Device("eth0", Nic).Device("eth1", "0000:3b:00.1").Device("eth9", "0000:5e:00.0")
            .Enslave("bond0", "eth0", "eth1").Below("bond0.100", "bond0").Enslave("br100", "vnet0", "bond0.100")
            .Irq(Nic, 131, "0").Irq("0000:3b:00.1", 141, "8").Irq("0000:5e:00.0", 151, "15")
            .Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0, irqs of eth1 8", cpus.Summary);
        Assert.Empty(cpus.Warnings);
    }

    /// <summary>A kernel that links no lower devices: brif and bonding/slaves are older.</summary>
    [Fact]
    public void Bridge_and_bond_by_their_own_files()
    {
        new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("br0").Device("bond0").Device("eth0", Nic).Device("eth9", "0000:5e:00.0")
            .Write("/sys/class/net/br0/brif/vnet0/port_no", "0x1").Write("/sys/class/net/br0/brif/bond0/port_no", "0x2").Write("/sys/class/net/bond0/bonding/slaves", "eth0")
            .Irq(Nic, 131, "0").Irq("0000:5e:00.0", 151, "15")
            .Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0", Read("vnet0").Summary);
    }

    [Fact]
    public void Open_vswitch_has_all_its_bridges_in_one()
    {
        OpenSwitch().Enslave("ovs-system", "eth0");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0", cpus.Summary);
        Assert.Contains("every NIC attached to it is taken (eth0)", Assert.Single(cpus.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "has tunnels: their packets can use any NIC, so all are taken (eth0, eth1)")]
    [InlineData(false, "No NIC is attached to ovs-system, where vnet0 is a port: its packets are routed, so all physical NICs are taken (eth0, eth1)")]
    public void Open_vswitch_without_a_nic_of_its_own_uses_any(bool isTunnelled, string remark)
    {
        VhostTree tree = OpenSwitch();
        _ = isTunnelled ? tree.Device("genev_sys_6081").Enslave("ovs-system", "genev_sys_6081", "eth0") : tree;

        VhostCpus cpus = Read("vnet0");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0, irqs of eth1 8", cpus.Summary);
        Assert.Contains(remark, Assert.Single(cpus.Warnings), StringComparison.Ordinal);
    }

    /// <summary>OpenStack with iptables: tap, bridge, veth pair, Open vSwitch.</summary>
    [Fact]
    public void A_veth_pair_leads_on()
    {
        new VhostTree(_folder.Path).Online("0-15").Tap("tap0").Device("qbr0").Device("qvb0").Device("qvo0").Device("ovs-system").Device("eth0", Nic).Device("eth9", "0000:5e:00.0")
            .Pair("qvb0", "qvo0").Enslave("qbr0", "tap0", "qvb0").Enslave("ovs-system", "qvo0", "eth0").Irq(Nic, 131, "0").Irq("0000:5e:00.0", 151, "15")
            .Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "tap0").KernelWorker(3055, 3021, "2");

        Assert.Equal("tap0: vhost worker 2, vCPUs 4, irqs of eth0 0", Read("tap0").Summary);
    }

    [Fact]
    public void A_device_in_no_bridge_is_routed()
    {
        new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("eth0", Nic).Irq(Nic, 131, "0").Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal([0, 2, 4], cpus.Cpus);
        Assert.Equal("vnet0 is in no bridge: its packets are routed, so all physical NICs are taken (eth0).", Assert.Single(cpus.Warnings));
    }

    [Fact]
    public void No_nic_at_all()
    {
        new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("br0").Enslave("br0", "vnet0").Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4", cpus.Summary);
        Assert.Equal("No physical NIC is in sight behind vnet0: no interrupts are counted.", Assert.Single(cpus.Warnings));
    }

    /// <summary>A virtio NIC, in a host that is itself a virtual machine: the vectors belong to the PCI device above virtio0.</summary>
    [Fact]
    public void The_vectors_of_a_virtio_nic_are_those_of_its_pci_device()
    {
        new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("br0").Device("eth0", "0000:00:03.0/virtio0").Write("/sys/devices/pci0000:00/0000:00:03.0/virtio0/modalias", "virtio:d00000001v00001AF4")
            .Enslave("br0", "vnet0", "eth0").Irq("0000:00:03.0", 31, "3").Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 3", Read("vnet0").Summary);
    }

    /// <summary>Vector 140 has no handler: it keeps the default mask of all CPUs and never comes.</summary>
    [Fact]
    public void A_vector_without_a_handler_does_not_count()
    {
        Machine(Bridge().Irq(Nic, 140, "0-15", handlers: string.Empty));

        Assert.Equal([0, 1, 2, 4], Read("vnet0").Cpus);
    }

    [Fact]
    public void Without_vhost_qemu_is_the_worker()
    {
        Bridge().Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(4155, 4100, "12");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal("vnet0: QEMU 8, vCPUs 4, irqs of eth0 0-1", cpus.Summary);
        Assert.Contains("vnet0 has no vhost worker (no thread vhost-3021): without vhost (vhost=off) QEMU itself moves the packets", Assert.Single(cpus.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_without_names_are_all_taken()
    {
        Bridge().Qemu(3021, "8").Thread(3021, 3030, "qemu-kvm", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal([0, 1, 2, 4, 8], cpus.Cpus);
        Assert.Contains("debug-threads is off", Assert.Single(cpus.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_the_host_is_said()
    {
        Bridge().Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "0-15").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "0-15");

        VhostCpus cpus = Read("vnet0");

        Assert.True(cpus.IsWholeHost);
        Assert.StartsWith("These are all 16 online CPUs of hv-07 (0-15): nothing is spared.", Assert.Single(cpus.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Nothing is left of the masks: that must not come out as all CPUs.</summary>
    [Fact]
    public void No_online_cpu_is_an_error()
    {
        Machine(new VhostTree(_folder.Path).Online("9").Tap("vnet0").Device("br0").Enslave("br0", "vnet0"));

        Check(VhostProblem.ThreadAffinityNotFound, "vnet0", "No CPU that vnet0 depends on is online on hv-07 (vnet0: vhost worker 2, vCPUs 4). Give the CPUs with -Cpu.");
    }

    /// <summary>A mask can name CPUs that are offline or were never there.</summary>
    [Fact]
    public void Only_online_cpus_are_taken()
    {
        Bridge().Online("0-3").Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "2-127").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

        VhostCpus cpus = Read("vnet0");

        Assert.Equal([0, 1, 2, 3], cpus.Cpus);
        Assert.True(cpus.IsWholeHost);
    }

    /// <summary>Another program has the device open too: it runs the network, not the machine.</summary>
    [Fact]
    public void A_helper_that_holds_the_device_too_is_left_out()
    {
        Machine(Bridge()).Process(999, "kvm-net-helper", "13", "/usr/libexec/kvm-net-helper").Open(999, 7, "vnet0");

        Assert.Equal([0, 1, 2, 4], Read("vnet0").Cpus);
    }

    [Fact]
    public void The_command_line_names_the_device_where_open_files_do_not()
    {
        Bridge().Process(3021, "qemu-system-x86", "8", "/usr/bin/qemu-system-x86_64", "-netdev", "tap,id=n0,ifname=vnet0,script=no").Thread(3021, 3030, "CPU 0/KVM", "4").KernelWorker(3055, 3021, "2")
            .Process(3022, "qemu-system-x86", "9", "/usr/bin/qemu-system-x86_64", "-netdev", "tap,id=n0,ifname=vnet01,script=no");

        Assert.Equal("vnet0: vhost worker 2, vCPUs 4, irqs of eth0 0-1", Read("vnet0").Summary);
    }

    /// <summary>Of a process that is nothing to do with virtual machines no open file is read.</summary>
    [Fact]
    public void Open_files_of_other_programs_are_not_looked_at()
    {
        Machine(Bridge()).Process(700, "postgres", "9", "/usr/bin/postgres").Open(700, 34, "vnet0");
        using var host = new CountingHost(_folder.Path);

        VhostCpus cpus = VhostCpuReader.Read(host, ["vnet0"]);

        Assert.Equal([0, 1, 2, 4], cpus.Cpus);
        Assert.Equal(4, host.Requests.Count);
        Assert.Equal(["/proc/3021/fdinfo/*"], host.Requests[1]);
        Assert.DoesNotContain(host.Requests.SelectMany(patterns => patterns), pattern => pattern.StartsWith("/proc/*/", StringComparison.Ordinal) && pattern is not ("/proc/*/comm" or "/proc/*/cmdline"));
    }

    [Fact]
    public void An_unknown_device_names_those_there_are()
    {
        Machine(Bridge()).Tap("vnet1");

        Check(VhostProblem.DeviceNotFound, "vnet9", "hv-07 has no network device 'vnet9'; its tap devices are vnet0, vnet1.");
        Check(VhostProblem.DeviceNotTap, "eth0", "'eth0' of hv-07 is no tap device, so no virtual machine is behind it; its tap devices are vnet0, vnet1.");
        Check(VhostProblem.DeviceNotFound, "../x", "hv-07 has no network device '../x'; its tap devices are vnet0, vnet1.");
    }

    [Fact]
    public void A_device_that_nobody_holds()
    {
        Machine(Bridge()).Tap("vnet1");

        Check(VhostProblem.DeviceProcessNotFound, "vnet1", "No process of hv-07 holds 'vnet1': of processes 3021 none has it open. The virtual machine is not running, or its processes are out of sight. Give the CPUs with -Cpu.");
    }

    [Fact]
    public void No_virtual_machine_at_all()
    {
        Bridge().Process(1, "systemd", "0-15", "/sbin/init");

        Check(VhostProblem.DeviceProcessNotFound, "vnet0", "No process of hv-07 holds 'vnet0': no process there looks like QEMU. The virtual machine is not running, or its processes are out of sight. Give the CPUs with -Cpu.");
    }

    [Fact]
    public void A_tree_without_open_files()
    {
        Machine(Bridge()).Remove("/proc/3021/fdinfo");

        Check(VhostProblem.DeviceProcessDenied, "vnet0", "Which process of hv-07 held 'vnet0' cannot be told: the tree has no proc/PID/fdinfo, and no command line names the device. Give the CPUs with -Cpu.");
    }

    [Fact]
    public void A_tree_without_threads()
    {
        Bridge().Qemu(3021, "8").Open(3021, 34, "vnet0").Remove("/proc/3021/task");

        Check(VhostProblem.ThreadAffinityNotFound, "vnet0", "Where the threads of process 3021 on hv-07 may run cannot be read: /proc/3021/task has no status with Cpus_allowed_list. Give the CPUs with -Cpu.");
    }

    [Fact]
    public void A_tree_without_proc_irq()
    {
        Machine(Bridge()).Remove("/proc/irq");

        Check(VhostProblem.IrqAffinityNotFound, "vnet0", "Where the 2 interrupts of eth0, the NIC of 'vnet0', may run on hv-07 cannot be read: there is no /proc/irq/131/smp_affinity_list. Give the CPUs with -Cpu.");
    }

    /// <summary>vnet0 and eth0 in br0, with two vectors on CPUs 0 and 1.</summary>
    private VhostTree Bridge() => new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("br0").Device("eth0", Nic).Enslave("br0", "vnet0", "eth0")
        .Irq(Nic, 131, "0", now: "0", handlers: "ice-eth0-TxRx-0").Irq(Nic, 132, "1", handlers: null);

    private static VhostTree Machine(VhostTree tree) => tree.Qemu(3021, "8").Thread(3021, 3030, "CPU 0/KVM", "4").Open(3021, 34, "vnet0").KernelWorker(3055, 3021, "2");

    private VhostTree OpenSwitch() => Machine(new VhostTree(_folder.Path).Online("0-15").Tap("vnet0").Device("ovs-system").Device("eth0", Nic).Device("eth1", "0000:3b:00.1")
        .Enslave("ovs-system", "vnet0").Irq(Nic, 131, "0").Irq("0000:3b:00.1", 141, "8"));

    private VhostCpus Read(params string[] devices) => VhostCpuReader.Read(LocalHost.Captured(_folder.Path), devices);

    private void Check(VhostProblem problem, string device, string message)
    {
        VhostException error = Assert.Throws<VhostException>(() => Read(device));
        Assert.Equal((problem, device, message), (error.Problem, error.Device, error.Message));
    }

    /// <summary>Keeps what was asked for.</summary>
    private sealed class CountingHost(string root) : IHostAccess
    {
        private readonly LocalHost _host = LocalHost.Captured(root);

        public List<IReadOnlyList<string>> Requests { get; } = [];

        public string HostName => _host.HostName;

        public bool IsLive => false;

        public HostTree Read(IReadOnlyList<string> patterns, CancellationToken cancellation = default)
        {
            Requests.Add(patterns);
            return _host.Read(patterns, cancellation);
        }

        public void Write(string path, string value) => _host.Write(path, value);

        public void Dispose() => _host.Dispose();
    }
}
