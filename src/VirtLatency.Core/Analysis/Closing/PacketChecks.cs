using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>
/// For each packet: what lies inside is not longer than what holds it. Each side was measured by one clock, so for the
/// same packet a remainder below zero is impossible.
/// </summary>
internal static class PacketChecks
{
    private const string Impossible = "a wrong join, a damaged number, or builds whose probes sit elsewhere: for the same packet the inside cannot be longer";

    public static IEnumerable<ClosureCheck> Of(RowWriter rows)
    {
        Containment[] checks = ChecksOf(rows);
        PacketTally[] tallies = [.. checks.Select(check => new PacketTally(check.Terms.IsEquality))];
        foreach (List<JoinedPacket> piece in rows.Figures.Join.Pieces())
        {
            foreach (JoinedPacket packet in piece)
            {
                var values = new PacketValues(in packet, countedOnly: true);
                for (int i = 0; i < checks.Length; i++)
                {
                    long whole = checks[i].Whole(values);
                    tallies[i].Add(checks[i].Parts(values), whole, checks[i].Tolerance(values), packet.Group.IcmpId, packet.Sequence);
                }
            }
        }

        return checks.Select((check, i) => (check.Terms with { DoubtedRoles = check.Doubted }).RowOf(rows.Figures.Name, tallies[i], ReasonOf(rows, check)));
    }

    private static Containment[] ChecksOf(RowWriter rows)
    {
        double arrival = 3 * PrintError.TunDelayUs(rows.Figures.Logs(LogRole.ReceiverTunIrq));
        double answer = 3 * PrintError.TunDelayUs(rows.Figures.Logs(LogRole.SenderTunIrq));
        return
        [
            new(Within("RoundTrip", "PingRtt", MeanChecks.PingFailure), values => values.RoundTrip, values => values.PingRtt, PingTolerance, [LogRole.SenderVm, LogRole.SenderPing]),
            Fixed("SenderHostSpan", PathModel.RoundTrip, values => values.SenderHostSpan, values => values.RoundTrip, PrintError.HostUs + PrintError.VmUs, LogRole.SenderVm, LogRole.SenderHost),
            Fixed("ReceiverHost", "SenderExternal", values => values.ReceiverHost, values => values.SenderExternal, 2 * PrintError.HostUs, LogRole.SenderHost, LogRole.ReceiverHost),
            Fixed("ReceiverExternal", "ReceiverHost", values => values.ReceiverExternal, values => values.ReceiverHost, 2 * PrintError.HostUs, LogRole.ReceiverHost),
            Fixed("ReceiverVm", "ReceiverExternal", values => values.ReceiverVm, values => values.ReceiverExternal, PrintError.VirtReceiverUs, LogRole.ReceiverHost, LogRole.ReceiverVm),
            Fixed("E", PathModel.VirtReceiver, values => values.E, values => values.VirtReceiver, arrival + PrintError.VirtReceiverUs, LogRole.ReceiverHost, LogRole.ReceiverVm, LogRole.ReceiverTunIrq) with { Doubted = [LogRole.ReceiverTunIrq] },
            Fixed("L", PathModel.VirtSender, values => values.L, values => values.VirtSender, answer + PrintError.VirtSenderUs, LogRole.SenderVm, LogRole.SenderHost, LogRole.SenderTunIrq) with { Doubted = [LogRole.SenderTunIrq] },
            new(new CheckTerms("layers = RoundTrip", PathModel.RoundTrip, IsEquality: true, Impossible), Layers, values => values.RoundTrip, _ => MeanChecks.LayersUs, [LogRole.SenderVm, LogRole.ReceiverVm, LogRole.SenderHost, LogRole.ReceiverHost]),
        ];
    }

    private static Containment Fixed(string inside, string outside, Func<PacketValues, long> parts, Func<PacketValues, long> whole, double toleranceUs, params LogRole[] roles) =>
        new(Within(inside, outside, Impossible), parts, whole, _ => toleranceUs, roles);

    private static CheckTerms Within(string inside, string outside, string failure) => new($"{inside} within {outside}", outside, IsEquality: false, failure);

    private static long Layers(PacketValues values) => Latency.Sum(values.VmInternal, values.HostForwarding, values.HostToHost, values.VirtSender, values.VirtReceiver);

    /// <summary>ping without -U stamps the answer as it enters the VM: up to M is not in its time.</summary>
    private static double PingTolerance(PacketValues values) =>
        PrintError.VmUs + ((Latency.ToMicroseconds(values.PingRtt) is { } ping ? PrintError.PingBelowUs(ping) : 0) + (Latency.ToMicroseconds(values.M) ?? 0));

    private static string? ReasonOf(RowWriter rows, Containment check)
    {
        LogRole[] missing = [.. check.Roles.Where(role => rows.Figures.Logs(role).Count == 0)];
        if (missing.Length > 0)
        {
            return string.Join("; ", missing.Select(rows.Figures.MissingNote));
        }

        string[] leftOut = [.. rows.Figures.Join.Rates.Logs.Where(log => log.LeftOut is not null && check.Roles.Contains(log.Role)).Select(log => log.ToString())];
        if (leftOut.Length > 0)
        {
            return string.Join("; ", leftOut);
        }

        return check.Roles.Length > 1 ? $"no packet is in all of {string.Join(", ", check.Roles)}" : null;
    }

    /// <summary>A check with the values that it compares and the logs that they need.</summary>
    private sealed record Containment(CheckTerms Terms, Func<PacketValues, long> Parts, Func<PacketValues, long> Whole, Func<PacketValues, double> Tolerance, LogRole[] Roles)
    {
        /// <summary>What a failure puts in doubt: all of the logs, but of a piece in a remainder the piece, for the remainder's own logs have checks of their own.</summary>
        public LogRole[] Doubted { get; init; } = Roles;
    }
}
