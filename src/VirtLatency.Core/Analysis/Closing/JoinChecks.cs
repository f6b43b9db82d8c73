using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>Whether logs are of the same packets: else only their means can be combined, and means of different runs need not fit.</summary>
internal static class JoinChecks
{
    private static readonly LogRole[] Others =
    [
        LogRole.ReceiverVm, LogRole.SenderHost, LogRole.ReceiverHost, LogRole.ReceiverTunIrq, LogRole.SenderTunIrq, LogRole.SenderKvmTun, LogRole.ReceiverKvmTun, LogRole.SenderPing,
    ];

    public static IEnumerable<ClosureCheck> Of(RowWriter rows)
    {
        JoinRates rates = rows.Figures.Join.Rates;
        return Others.Select(role => RowOf(rows, role, rates));
    }

    private static ClosureCheck RowOf(RowWriter rows, LogRole role, JoinRates rates)
    {
        const LogRole Anchor = LogRole.SenderVm;
        LogJoin[] own = [.. rates.Logs.Where(log => log.Role == role)];
        long common = rates.CountOf(Anchor, role);
        bool isMade = ReasonAgainst(rows, role, own) is null && ReasonAgainst(rows, Anchor, [.. rates.Logs.Where(log => log.Role == Anchor)]) is null;
        long without = rates.PacketsOf(role) - common;
        return new ClosureCheck
        {
            Environment = rows.Figures.Name,
            Check = $"{role}: packets of {Anchor}",
            Expected = "ids and sequences in common",
            Passed = isMade ? common > 0 : null,
            Meaning = isMade
                ? FormattableString.Invariant($"{common} packets in common, {without} are in this log only. A failure means that its means are of another run, and that nothing of it may be added to RoundTrip.")
                : $"Not checked: {ReasonAgainst(rows, role, own) ?? ReasonAgainst(rows, Anchor, [.. rates.Logs.Where(log => log.Role == Anchor)])}.",
            Scope = CheckTerms.Packets,
            SampleCount = isMade ? common : 0,
            FailedCount = isMade ? without : 0,
        };
    }

    private static string? ReasonAgainst(RowWriter rows, LogRole role, LogJoin[] own)
    {
        if (rows.Figures.Logs(role).Count == 0)
        {
            return rows.Figures.MissingNote(role);
        }

        if (JoinRole.SlotOf(role) < 0)
        {
            return "kvm_vhost_tun_latency prints no ICMP id and no sequence, so nothing tells whose packets these are";
        }

        string reasons = string.Join("; ", own.Select(log => log.LeftOut).OfType<string>().Distinct());
        return Array.TrueForAll(own, log => log.LeftOut is not null) ? reasons
            : own.Sum(log => log.RecordCount) == 0 ? "its lines print no ICMP id and no sequence"
            : null;
    }
}
