using System.Text.RegularExpressions;
using VirtLatency.Analysis;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Findings;

/// <summary>
/// Commands that can be pasted: PowerShell with the module's cmdlets, where an environment is the variable of its name, or
/// a tool's own command line. What the logs do not tell is a word in capitals, to be filled in.
/// </summary>
internal static partial class CommandText
{
    /// <summary>The variable that holds an environment.</summary>
    public static string Variable(string environment) =>
        PlainName().IsMatch(environment) ? "$" + environment : "${" + environment.Replace("`", "``", StringComparison.Ordinal).Replace("{", "`{", StringComparison.Ordinal).Replace("}", "`}", StringComparison.Ordinal) + "}";

    /// <summary>A host for -HostName: as a manifest names it, else a word to be filled in.</summary>
    public static string Host(FindingSide side, HostRole end)
    {
        string? known = side.Environment.Logs
            .Where(log => log.RoleValue is { } role && LogRoleName.MachineOf(role) == (end == HostRole.Sender ? PathMachine.SenderHost : PathMachine.ReceiverHost))
            .Select(log => log.HostName).OfType<string>().FirstOrDefault(IsPlain);
        return known ?? (end == HostRole.Sender ? "root@SENDER_HOST" : "root@RECEIVER_HOST");
    }

    /// <summary>A host's own name for -HostName, quoted where it must be.</summary>
    public static string Quoted(string? name) => name is null ? "root@HOST" : IsPlain(name) ? name : Literal(name);

    /// <summary>A text between quotes.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>The command line that takes a role's log, on the role's machine.</summary>
    public static string Capture(FindingSide side, LogRole role)
    {
        (string from, string to) = Addresses(side);
        string device = DeviceOf(side, LogRoleName.HostOf(role));
        bool isSender = LogRoleName.HostOf(role) == HostRole.Sender;
        (string first, string second) = isSender ? (to, from) : (from, to);
        return LogRoleName.ToolOf(role) switch
        {
            LogTool.KernelIcmpRtt => $"sudo python3 kernel_icmp_rtt.py --src-ip {from} --dst-ip {to} --direction {(isSender ? "tx" : "rx")} --disable-kernel-stacks > {role}.log",
            LogTool.IcmpDropDetector => $"sudo python3 icmp_drop_detector.py --src-ip {from} --dst-ip {to} {(isSender ? $"--rx-iface {device} --tx-iface NIC" : $"--rx-iface NIC --tx-iface {device}")} --verbose > {role}.log",
            LogTool.TunTxToKvmIrq => $"sudo python3 tun_tx_to_kvm_irq.py --device {device} --src-ip {first} --dst-ip {second} --protocol icmp > {role}.log",
            LogTool.Ping => $"ping -D -v -c 1000 -i 0.2 {to} > {role}.log",
            _ => $"sudo python3 kvm_vhost_tun_latency_details.py --mode discover --device {device} --flow 'proto=icmp,src={second},dst={first}' --duration 5 --out profile.json && sudo python3 kvm_vhost_tun_latency_details.py --mode measure --profile profile.json > {role}.log",
        };
    }

    /// <summary>A command below a comment, which bash and PowerShell write alike.</summary>
    public static string Noted(string comment, string command) => $"# {comment}\n{command}";

    /// <summary>Who pings whom, by the first log that tells.</summary>
    private static (string From, string To) Addresses(FindingSide side)
    {
        foreach (EnvironmentLog log in side.Environment.Logs.Where(log => log.RoleValue is not null))
        {
            SampleFlow flow = log.Store.Flows.FirstOrDefault(flow => flow is { Source: not 0, Destination: not 0 });
            if (flow.Source != 0)
            {
                // A reply's source is the VM that answers.
                return log.RoleValue == LogRole.SenderTunIrq
                    ? (AddressText.Of(flow.Destination), AddressText.Of(flow.Source))
                    : (AddressText.Of(flow.Source), AddressText.Of(flow.Destination));
            }
        }

        return ("SENDER_VM_IP", "RECEIVER_VM_IP");
    }

    private static string DeviceOf(FindingSide side, HostRole end) =>
        side.Environment.Logs.Where(log => log.RoleValue is { } role && LogRoleName.HostOf(role) == end).Select(log => log.Device).OfType<string>().FirstOrDefault(IsPlain) ?? "VNET";

    private static bool IsPlain(string text) => PlainWord().IsMatch(text);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainWord();
}
