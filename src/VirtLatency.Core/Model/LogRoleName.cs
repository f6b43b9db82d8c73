namespace VirtLatency.Model;

/// <summary>What a person calls each role, and the log that fills it.</summary>
public static class LogRoleName
{
    /// <summary>The missing log in words, for notes on rows without a value.</summary>
    /// <param name="role">The role.</param>
    /// <returns>For instance <c>sender host log (icmp_drop_detector)</c>.</returns>
    public static string Describe(LogRole role) => role switch
    {
        LogRole.SenderVm => "sender VM log (kernel_icmp_rtt tx)",
        LogRole.ReceiverVm => "receiver VM log (kernel_icmp_rtt rx)",
        LogRole.SenderHost => "sender host log (icmp_drop_detector)",
        LogRole.ReceiverHost => "receiver host log (icmp_drop_detector)",
        LogRole.ReceiverTunIrq => "receiver host log of tun_tx_to_kvm_irq",
        LogRole.SenderTunIrq => "sender host log of tun_tx_to_kvm_irq",
        LogRole.SenderKvmTun => "sender host log of kvm_vhost_tun_latency",
        LogRole.ReceiverKvmTun => "receiver host log of kvm_vhost_tun_latency",
        LogRole.SenderPing => "output of ping itself (sender VM)",
        LogRole.SenderPingWithoutTools => "output of a ping without the tools (sender VM)",
        _ => role.ToString(),
    };

    /// <summary>True for a role that only adds to the picture: no one is told that its log is missing.</summary>
    /// <param name="role">The role.</param>
    /// <returns>True for ping's own output.</returns>
    public static bool IsOptional(LogRole role) => ToolOf(role) == LogTool.Ping;

    /// <summary>The parameter of Import-LatencyEnvironment that names a file for the role.</summary>
    /// <param name="role">The role.</param>
    /// <returns>For instance <c>SenderHostLog</c>.</returns>
    public static string ParameterOf(LogRole role) => role + "Log";

    /// <summary>The role of a tun or kvm log on the given host.</summary>
    /// <param name="tool">The tool that printed the log.</param>
    /// <param name="host">The host it ran on.</param>
    /// <returns>The role, or null for a tool that does not run on a host.</returns>
    public static LogRole? OnHost(LogTool tool, HostRole host) => (tool, host) switch
    {
        (LogTool.IcmpDropDetector, HostRole.Sender) => LogRole.SenderHost,
        (LogTool.IcmpDropDetector, HostRole.Receiver) => LogRole.ReceiverHost,
        (LogTool.TunTxToKvmIrq, HostRole.Sender) => LogRole.SenderTunIrq,
        (LogTool.TunTxToKvmIrq, HostRole.Receiver) => LogRole.ReceiverTunIrq,
        (LogTool.KvmVhostTunLatency, HostRole.Sender) => LogRole.SenderKvmTun,
        (LogTool.KvmVhostTunLatency, HostRole.Receiver) => LogRole.ReceiverKvmTun,
        _ => null,
    };

    /// <summary>The tool whose logs fill the role.</summary>
    /// <param name="role">The role.</param>
    /// <returns>The tool.</returns>
    public static LogTool ToolOf(LogRole role) => role switch
    {
        LogRole.SenderVm or LogRole.ReceiverVm => LogTool.KernelIcmpRtt,
        LogRole.SenderHost or LogRole.ReceiverHost => LogTool.IcmpDropDetector,
        LogRole.SenderTunIrq or LogRole.ReceiverTunIrq => LogTool.TunTxToKvmIrq,
        LogRole.SenderPing or LogRole.SenderPingWithoutTools => LogTool.Ping,
        _ => LogTool.KvmVhostTunLatency,
    };

    /// <summary>Whether a tool's logs can fill the role; the summary tool's do so by estimates.</summary>
    /// <param name="tool">The tool that printed the log.</param>
    /// <param name="role">The role.</param>
    /// <returns>True when they can.</returns>
    public static bool CanFill(LogTool tool, LogRole role) => (tool == LogTool.KvmVhostTunSummary ? LogTool.KvmVhostTunLatency : tool) == ToolOf(role);

    /// <summary>The machine that the role's tool runs on.</summary>
    /// <param name="role">The role.</param>
    /// <returns>One of the four machines.</returns>
    public static PathMachine MachineOf(LogRole role) => role switch
    {
        LogRole.SenderVm or LogRole.SenderPing or LogRole.SenderPingWithoutTools => PathMachine.SenderVm,
        LogRole.ReceiverVm => PathMachine.ReceiverVm,
        _ => HostOf(role) == HostRole.Sender ? PathMachine.SenderHost : PathMachine.ReceiverHost,
    };

    /// <summary>The end of the path that the role belongs to.</summary>
    /// <param name="role">The role.</param>
    /// <returns>Sender or Receiver.</returns>
    public static HostRole HostOf(LogRole role) => role is LogRole.ReceiverVm or LogRole.ReceiverHost or LogRole.ReceiverTunIrq or LogRole.ReceiverKvmTun
        ? HostRole.Receiver
        : HostRole.Sender;
}
