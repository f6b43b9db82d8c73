using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>An environment as the breakdown asks it: columns of roles, and whether two roles saw the same packets.</summary>
internal sealed class EnvironmentFigures
{
    private readonly LatencyEnvironment _environment;
    private readonly ILookup<LogRole?, EnvironmentLog> _byRole;
    private readonly Dictionary<LogRole, FlaggedSamples> _flagged = [];
    private readonly Dictionary<LogRole, List<EnvironmentLog>> _distinct = [];
    private readonly Dictionary<(EnvironmentFigures Other, LogRole Role), SharedLogs> _shared = [];
    private readonly Dictionary<BreakdownLevel, DerivedSamples> _derived = [];
    private readonly Lazy<PacketJoin> _join;
    private readonly Lazy<EnvironmentFigures> _withFlagged;

    public EnvironmentFigures(LatencyEnvironment environment)
    {
        _environment = environment;
        _byRole = environment.Logs.ToLookup(log => log.RoleValue);
        _join = new Lazy<PacketJoin>(() => PacketJoin.Of(environment));
        _withFlagged = new Lazy<EnvironmentFigures>(() => new EnvironmentFigures(new LatencyEnvironment(Name, environment.Path, [.. environment.Logs.Select(log => log.Store.WithFlagged() is { } store ? log.With(store) : log)])));
    }

    public string Name => _environment.Name;

    /// <summary>The same packets in the environment's logs.</summary>
    public PacketJoin Join => _join.Value;

    /// <summary>The environment with the samples in its means that flags keep out, as far as every sample of a log is here.</summary>
    public EnvironmentFigures WithFlagged => _withFlagged.Value;

    /// <summary>Per-packet samples of the level's computed parts, where packets join.</summary>
    public DerivedSamples DerivedOf(BreakdownLevel level)
    {
        if (!_derived.TryGetValue(level, out DerivedSamples? samples))
        {
            IReadOnlyList<string> parts = level switch
            {
                BreakdownLevel.Segment => [PathModel.HostToHost],
                BreakdownLevel.Span => ["SenderHostTotal", "PhysicalNetwork"],
                BreakdownLevel.Layer => ["VmInternal", "HostForwarding", "HostToHost", PathModel.VirtSender, PathModel.VirtReceiver],
                _ => [],
            };
            _derived.Add(level, samples = DerivedSamples.Of(Join, parts));
        }

        return samples;
    }

    /// <summary>Logs whose end of the path is not known, of the given tool.</summary>
    public IEnumerable<EnvironmentLog> WithoutRole(LogTool tool) =>
        _byRole[null].Where(log => log.ToolValue == tool || (tool == LogTool.KvmVhostTunLatency && log.ToolValue == LogTool.KvmVhostTunSummary));

    public IReadOnlyList<EnvironmentLog> Logs(LogRole role) => [.. _byRole[role]];

    public Measurement Measure(LogRole role, SampleColumn column, bool completeOnly) => new(Logs(role), column, completeOnly);

    /// <summary>The mean of a part that a log measures; E and L end at irqfd_wakeup where no chain has stage 5.</summary>
    public Figure FigureOf(PathPart part, bool completeOnly)
    {
        LogRole role = part.Role!.Value;
        if (Logs(role).Count == 0)
        {
            return Figure.None(MissingNote(role));
        }

        (Measurement measured, string? note) = Measured(part, completeOnly);
        string?[] reasons = measured.Moments.Count == 0 ? [$"no usable sample of {part.Id} in the {LogRoleName.Describe(role)}", measured.Note] : [note, measured.Note];
        return new Figure(measured.Moments.MeanUs, measured.Moments.Count, measured.Moments.Count, measured.ExcludedCount, [role], RunsOf([role]), [new PathTerm(1, role, measured.Column)], [.. reasons.OfType<string>()]);
    }

    /// <summary>A part's measurement, with a note where it is not quite the part that was asked for.</summary>
    public (Measurement Measured, string? Note) Measured(PathPart part, bool completeOnly)
    {
        LogRole role = part.Role!.Value;
        // A chain's S1 to S5 needs no stage 3: a chain without it is as complete as E asks for.
        Measurement measured = Measure(role, part.Column, completeOnly && part.Column != SampleColumn.S1ToS5);
        if (measured.Moments.Count > 0 || part.Column != SampleColumn.S1ToS5)
        {
            return (measured, null);
        }

        Measurement toIrqfd = Measure(role, SampleColumn.S1ToS4Only, completeOnly: false);
        return toIrqfd.Moments.Count > 0
            ? (toIrqfd, "to irqfd: no chain has stage 5, so this is S1 to S4")
            : (measured, null);
    }

    /// <summary>What flags did to the means of a role.</summary>
    public FlaggedSamples Flagged(LogRole role)
    {
        if (!_flagged.TryGetValue(role, out FlaggedSamples? samples))
        {
            _flagged.Add(role, samples = FlaggedSamples.Of(Logs(role)));
        }

        return samples;
    }

    /// <summary>Logs of a role without copies of one another: a run that is there twice is one look, and counts once in a test.</summary>
    public IReadOnlyList<EnvironmentLog> DistinctLogs(LogRole role)
    {
        if (!_distinct.TryGetValue(role, out List<EnvironmentLog>? logs))
        {
            _distinct.Add(role, logs = []);
            foreach (EnvironmentLog log in Logs(role))
            {
                if (!logs.Exists(other => SharedLogs.HaveSameSamples(log, other)))
                {
                    logs.Add(log);
                }
            }
        }

        return logs;
    }

    /// <summary>What to say where logs of a role are copies of one another; null where none is.</summary>
    public string? CopiesNote(LogRole role)
    {
        EnvironmentLog[] copies = [.. Logs(role).Except(DistinctLogs(role))];
        return copies.Length == 0 ? null : $"{Name}: {string.Join(", ", copies.Select(log => FileOf(log) ?? "a log"))} repeat{(copies.Length == 1 ? "s" : string.Empty)} another log of {role} sample by sample and {(copies.Length == 1 ? "counts" : "count")} as no run of {(copies.Length == 1 ? "its" : "their")} own in tests";
    }

    /// <summary>Why the samples of a role carry no test of packets; null where they do.</summary>
    public string? UntestedNote(LogRole role) => Logs(role) switch
    {
        var logs when logs.Any(log => log.Store.IsAggregate) => $"{Name}: samples of {role} were not kept, so its packets carry no test",
        var logs when logs.Any(log => log.Store.HasClampedInMeans) => $"{Name}: {role} has values beyond what a sample's record holds (2.1 s in ns), so its packets carry no test",
        _ => null,
    };

    /// <summary>Logs of a role that another environment has too.</summary>
    public SharedLogs SharedWith(EnvironmentFigures other, LogRole role)
    {
        if (!_shared.TryGetValue((other, role), out SharedLogs? logs))
        {
            _shared.Add((other, role), logs = SharedLogs.Of(role.ToString(), new RoleLogs(this, role), new RoleLogs(other, role)));
        }

        return logs;
    }

    /// <summary>Samples of roles that their flags keep out of means, a text for each role that has some.</summary>
    public IEnumerable<string> LeftOutNotes(IEnumerable<LogRole> roles) => roles.Where(role => Flagged(role).LeftOutCount > 0).Select(role => Flagged(role).LeftOutText(role));

    /// <summary>The kernels that a role's logs ran under: as they say, else as other logs of the same machine do.</summary>
    public IReadOnlyList<string> KernelsOf(LogRole role)
    {
        PathMachine machine = LogRoleName.MachineOf(role);
        IEnumerable<EnvironmentLog> beside = _environment.Logs.Where(log => log.RoleValue is { } other && LogRoleName.MachineOf(other) == machine);
        string[] own = [.. Logs(role).Select(log => log.KernelRelease).OfType<string>().Distinct()];
        return Logs(role).Count == 0 || own.Length > 0 ? own : [.. beside.Select(log => log.KernelRelease).OfType<string>().Distinct()];
    }

    /// <summary>The print step of a role's logs, in us: the coarsest of them.</summary>
    public double StepOf(LogRole role) => Logs(role).Select(PrintStep.OfLog).DefaultIfEmpty(0).Max();

    /// <summary>Files of roles, joined.</summary>
    public string? SourceOf(IEnumerable<LogRole> roles)
    {
        string text = string.Join(", ", roles.SelectMany(Logs).Select(log => FileOf(log)).OfType<string>().Distinct());
        return text.Length == 0 ? null : text;
    }

    /// <summary>What the roles' logs say against their own numbers.</summary>
    public IEnumerable<string> CaveatsOf(IEnumerable<LogRole> roles) => roles.SelectMany(Logs).Select(log => log.Caveat).OfType<string>().Distinct();

    public static string? FileOf(EnvironmentLog log) => log.Run is null ? Path.GetFileName(log.File) : log.Run + "/" + Path.GetFileName(log.File);

    /// <summary>The run of roles' logs, or how many runs were pooled.</summary>
    public string? RunOf(IEnumerable<LogRole> roles)
    {
        string[] runs = RunsOf(roles);
        return runs.Length switch
        {
            0 => null,
            1 => runs[0].Length == 0 ? null : runs[0],
            _ => FormattableString.Invariant($"{runs.Length} runs pooled"),
        };
    }

    /// <summary>What to say where a role has no log; a log of the tool whose role is not known is named.</summary>
    public string MissingNote(LogRole role)
    {
        string unknown = string.Join(", ", WithoutRole(LogRoleName.ToolOf(role)).Select(FileOf).OfType<string>());
        return $"no {LogRoleName.Describe(role)}" + (unknown.Length == 0 ? string.Empty : $" (the role of {unknown} is not known)");
    }

    /// <summary>Whether the logs of a role print ICMP ids: ping does with -v only, kvm logs never.</summary>
    public bool HasIcmpIds(LogRole role)
    {
        foreach (EnvironmentLog log in Logs(role))
        {
            foreach (ref readonly SampleRecord record in log.Store.Records)
            {
                if (record.IcmpId != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Packets of a role's logs that were never answered; null where there is none.</summary>
    public string? LossNote(LogRole role)
    {
        long lost = Logs(role).Sum(log => log.Store.LostCount);
        long sent = Logs(role).Sum(log => log.Store.SampleCount - log.Store.DuplicateCount);
        return lost == 0 ? null : FormattableString.Invariant($"{lost} of {sent} packets lost");
    }

    private string[] RunsOf(IEnumerable<LogRole> roles) => [.. roles.SelectMany(Logs).SelectMany(log => log.Runs).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// What to say of means that are combined across roles: nothing when the logs hold the same packets, as they join, else
    /// how far they do not.
    /// </summary>
    public string? NoteOnPackets(IReadOnlyCollection<LogRole> roles)
    {
        LogRole[] filled = [.. roles.Where(role => Logs(role).Count > 0)];
        if (filled.Length < 2)
        {
            return null;
        }

        JoinRates rates = Join.Rates;
        if (rates.LeftOutOf(filled) is { } leftOut)
        {
            return "packets not compared: " + leftOut;
        }

        LogRole[] strangers = [.. filled.Skip(1).Where(role => rates.CountOf(filled[0], role) == 0)];
        if (strangers.Length > 0)
        {
            return $"means of different runs: {string.Join(" and ", strangers)} not shown to be of {filled[0]}'s packets";
        }

        string[] partial = [.. filled.Skip(1).Select(role => rates.InCommon(role, filled[0])).OfType<string>()];
        return partial.Length == 0 ? null : "not all packets in common: " + string.Join(" and ", partial);
    }

    /// <summary>Whether two roles' logs are known to have no packet in common.</summary>
    public bool AreStrangers(LogRole one, LogRole other) => Join.Rates.LeftOutOf([one, other]) is null && Join.Rates.CountOf(one, other) == 0;
}
