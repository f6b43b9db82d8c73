using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>
/// Finds the place on the path that each log of a run was taken at, from content: tool, direction, interfaces, ICMP type.
/// A kvm log says nothing of its end by itself. Evidence for it, in this order: the worker's thread id is the PID of a
/// tun log's chains; its device is named by exactly one host log; the file's name. Evidence that speaks must agree.
/// </summary>
internal static class RoleFinder
{
    /// <summary>Up to a tenth of a tun log's packets may be a foreign ping's; more, and the log's end is not known.</summary>
    private const int MostForeignPart = 10;

    public static RoleDecision Find(CollectedLog log, IReadOnlyList<CollectedLog> run) => log.Facts.Tool switch
    {
        LogTool.KernelIcmpRtt => OfVm(log),
        LogTool.IcmpDropDetector => OfHost(log),
        LogTool.TunTxToKvmIrq => OfTun(log),
        LogTool.Ping => OfPing(log),
        _ => OfKvm(log, run),
    };

    private static RoleDecision OfVm(CollectedLog log)
    {
        bool tx = log.Of(HostRole.Sender) is not null;
        if (tx && log.Of(HostRole.Receiver) is not null)
        {
            return new RoleDecision(null, "it holds both TX and RX records");
        }

        return tx
            ? new RoleDecision(LogRole.SenderVm, "kernel_icmp_rtt, trace direction TX")
            : new RoleDecision(LogRole.ReceiverVm, "kernel_icmp_rtt, trace direction RX");
    }

    private static RoleDecision OfHost(CollectedLog log)
    {
        string where = $"requests come in at {Join(log.Facts.ReceiveInterfaces)} and go out at {Join(log.Facts.TransmitInterfaces)}";
        if (log.Of(HostRole.Sender) is not null && log.Of(HostRole.Receiver) is not null)
        {
            return new RoleDecision(null, "it holds flows of both hosts, by the interfaces of its headers");
        }

        return HostRoles.OfInterfaces(log.Facts) is { } host
            ? new RoleDecision(LogRoleName.OnHost(LogTool.IcmpDropDetector, host), where)
            : new RoleDecision(null, where + ", which is not one VM device and one physical");
    }

    private static RoleDecision OfTun(CollectedLog log)
    {
        long requests = log.Of(HostRole.Receiver)?.SampleCount ?? 0;
        long replies = log.Of(HostRole.Sender)?.SampleCount ?? 0;
        string counts = FormattableString.Invariant($"{requests} ICMP requests (type 8) and {replies} replies (type 0) reach the VM");
        long foreign = Math.Min(requests, replies);
        if (requests == replies || foreign * MostForeignPart > requests + replies)
        {
            return new RoleDecision(null, counts);
        }

        string reason = foreign == 0 ? counts : counts + "; the fewer ones are another ping's and left out";
        return new RoleDecision(requests > replies ? LogRole.ReceiverTunIrq : LogRole.SenderTunIrq, reason);
    }

    /// <summary>No line of it tells whether tools ran beside it. A file that is called as the role is means it.</summary>
    private static RoleDecision OfPing(CollectedLog log) =>
        Path.GetFileName(log.Path).Split('.')[0].Equals(nameof(LogRole.SenderPingWithoutTools), StringComparison.OrdinalIgnoreCase)
            ? new RoleDecision(LogRole.SenderPingWithoutTools, "output of ping, called SenderPingWithoutTools")
            : new RoleDecision(LogRole.SenderPing, "output of ping itself, which runs in the sender VM");

    private static RoleDecision OfKvm(CollectedLog log, IReadOnlyList<CollectedLog> run)
    {
        (HostRole Host, string Reason)?[] evidence = [ByWorker(log, run), ByDevice(log, run), ByName(log.Path)];
        (HostRole Host, string Reason)[] found = evidence.OfType<(HostRole, string)>().ToArray();
        if (found.Length == 0)
        {
            return new RoleDecision(null, "no tun log has its worker, no single host log its device, and its name does not tell");
        }

        string reasons = string.Join("; ", found.Select(item => item.Reason));
        return found.Select(item => item.Host).Distinct().Count() > 1
            ? new RoleDecision(null, "the evidence conflicts: " + reasons)
            : new RoleDecision(LogRoleName.OnHost(LogTool.KvmVhostTunLatency, found[0].Host), reasons);
    }

    private static (HostRole Host, string Reason)? ByWorker(CollectedLog log, IReadOnlyList<CollectedLog> run)
    {
        (HostRole Host, string Reason)? result = null;
        foreach (CollectedLog tun in run.Where(other => other.Facts.Tool == LogTool.TunTxToKvmIrq))
        {
            foreach (HostRole host in Enum.GetValues<HostRole>())
            {
                int tid = log.Facts.WorkerTids.FirstOrDefault(tun.WorkersOf(host).Contains);
                if (tid == 0)
                {
                    continue;
                }

                if (result is { } other && other.Host != host)
                {
                    // The same thread id on both hosts tells nothing.
                    return null;
                }

                result = (host, FormattableString.Invariant($"its worker {tid} is the PID of {Path.GetFileName(tun.Path)} ({host})"));
            }
        }

        return result;
    }

    private static (HostRole Host, string Reason)? ByDevice(CollectedLog log, IReadOnlyList<CollectedLog> run)
    {
        if (log.Facts.Device is not { } device)
        {
            return null;
        }

        CollectedLog[] naming = run.Where(other => Names(other, device)).ToArray();
        return naming.Length == 1 && HostRoles.OfInterfaces(naming[0].Facts) is { } host
            ? (host, $"its device {device} is named by {Path.GetFileName(naming[0].Path)} ({host})")
            : null;
    }

    private static bool Names(CollectedLog log, string device) => log.Facts.Tool == LogTool.IcmpDropDetector
        && (log.Facts.ReceiveInterfaces.Contains(device) || log.Facts.TransmitInterfaces.Contains(device));

    private static (HostRole Host, string Reason)? ByName(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        bool sender = Has(name, "send") || Has(name, "request");
        bool receiver = Has(name, "recv") || Has(name, "receiv") || Has(name, "reply");
        if (sender == receiver)
        {
            return null;
        }

        return (sender ? HostRole.Sender : HostRole.Receiver, $"its file name '{Path.GetFileName(path)}' says so");
    }

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Join(IReadOnlyList<string> names) => names.Count == 0 ? "(no interface)" : string.Join(", ", names);
}
