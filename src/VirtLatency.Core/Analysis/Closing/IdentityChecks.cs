using VirtLatency.Model;

namespace VirtLatency.Analysis.Closing;

/// <summary>Parts that one clock measured make up the total that the same log prints: for each packet, and for means.</summary>
internal static class IdentityChecks
{
    private const string Damage = "damage, for one clock measured all of these: lines of two records met, a digit was lost, or the text is another build's";
    private const string OtherSets = "that the columns' means are of different packets: some records lack a part, so their means must not be added";

    private static readonly (CheckTerms Terms, double ToleranceUs)[] Identities =
    [
        (Equality(LogRole.SenderVm, "A + InterPath + M", PathModel.RoundTrip), 4 * PrintError.VmUs),
        (Equality(LogRole.ReceiverVm, "F + G + H", "ReceiverVm"), 4 * PrintError.VmUs),
        (Equality(LogRole.SenderHost, "B + External + K", "SenderHostSpan"), 4 * PrintError.HostUs),
        (Equality(LogRole.ReceiverHost, "D + External + I", "ReceiverHost"), 4 * PrintError.HostUs),

        // The tool adds the stages after it cut them, so nothing is lost in between.
        (Equality(LogRole.SenderKvmTun, "S0 + S1 + S2", "B_1"), 0),
        (Equality(LogRole.ReceiverKvmTun, "S0 + S1 + S2", "I_1"), 0),
    ];

    public static IEnumerable<ClosureCheck> Of(RowWriter rows)
    {
        foreach ((CheckTerms terms, double tolerance) in Identities)
        {
            LogRole role = terms.DoubtedRoles[0];
            yield return terms.RowOf(rows.Figures.Name, TallyOf(rows.Figures.Logs(role), tolerance), ReasonOf(rows, role));
        }

        foreach ((CheckTerms terms, double tolerance) in Identities.Where(item => LogRoleName.ToolOf(item.Terms.DoubtedRoles[0]) != LogTool.KvmVhostTunLatency))
        {
            yield return MeansOf(rows, terms.DoubtedRoles[0], terms with { Failure = OtherSets }, tolerance);
        }

        foreach ((LogRole role, string segment) in new[] { (LogRole.ReceiverTunIrq, "E"), (LogRole.SenderTunIrq, "L") })
        {
            if (PrintedTotal(rows, role, segment) is { } row)
            {
                yield return row;
            }
        }
    }

    private static CheckTerms Equality(LogRole role, string parts, string whole) => new($"{parts} = {whole}", whole, IsEquality: true, Damage) { DoubtedRoles = [role] };

    private static string? ReasonOf(RowWriter rows, LogRole role)
    {
        IReadOnlyList<EnvironmentLog> logs = rows.Figures.Logs(role);
        return logs.Count == 0 ? rows.Figures.MissingNote(role) : logs.All(log => log.Store.HasMeans) ? $"the {LogRoleName.Describe(role)} has means without samples" : null;
    }

    /// <summary>Flagged records too: what a flag says is not that the parts need not add up.</summary>
    private static PacketTally TallyOf(IReadOnlyList<EnvironmentLog> logs, double tolerance)
    {
        var tally = new PacketTally(isEquality: true);
        foreach (EnvironmentLog log in logs)
        {
            SampleStore store = log.Store;
            foreach (ref readonly SampleRecord record in store.Records)
            {
                long parts = Latency.Sum(store.ValueOf(in record, 0), store.ValueOf(in record, 1), store.ValueOf(in record, 2));
                tally.Add(parts, store.ValueOf(in record, 3), tolerance, record.IcmpId, record.Sequence);
            }
        }

        return tally;
    }

    private static ClosureCheck MeansOf(RowWriter rows, LogRole role, CheckTerms terms, double tolerance)
    {
        if (rows.Figures.Logs(role) is not { Count: > 0 } logs)
        {
            return terms.NotMade(rows.Figures.Name, CheckTerms.Means, rows.Figures.MissingNote(role));
        }

        Moments[] columns = [.. logs[0].Store.Schema.Columns.Take(4).Select(column => rows.Figures.Measure(role, column, completeOnly: false).Moments)];
        if (Array.Exists(columns, moments => moments.Count == 0))
        {
            return terms.NotMade(rows.Figures.Name, CheckTerms.Means, $"no usable sample in the {LogRoleName.Describe(role)}");
        }

        double parts = columns[..3].Sum(moments => moments.MeanUs!.Value);
        return terms.RowOf(rows.Figures.Name, parts, columns[3].MeanUs!.Value, tolerance, columns.Min(moments => moments.Count));
    }

    /// <summary>
    /// One build prints a total below each chain. It is no number of its own: it adds all four delays, though that of
    /// stage 4 counts from stage 2.
    /// </summary>
    private static ClosureCheck? PrintedTotal(RowWriter rows, LogRole role, string segment)
    {
        const string Build = "ec5dc24";
        if (!rows.Figures.Logs(role).Any(log => log.Version == Build))
        {
            return null;
        }

        const string Twice = "that the tool's own total counts S2->S3 twice: it adds the delays of stages 2 to 5, though that of stage 4 counts from stage 2. Use the segment, not the printed total";
        var terms = new CheckTerms($"{segment} = printed Total(S1->S5)", "the total as build ec5dc24 prints it", IsEquality: true, Twice);
        Moments chain = rows.Figures.Measure(role, SampleColumn.S1ToS5, completeOnly: true).Moments;
        Moments third = rows.Figures.Measure(role, SampleColumn.S2ToS3, completeOnly: true).Moments;
        double tolerance = 7 * PrintError.TunDelayUs(rows.Figures.Logs(role));
        return chain.Count == 0
            ? terms.NotMade(rows.Figures.Name, CheckTerms.Means, $"no complete chain in the {LogRoleName.Describe(role)}")
            : terms.RowOf(rows.Figures.Name, chain.MeanUs!.Value, chain.MeanUs!.Value + third.MeanUs!.Value, tolerance, chain.Count);
    }
}
