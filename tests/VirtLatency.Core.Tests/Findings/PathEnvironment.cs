using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>
/// A path whose every part is chosen, and whose logs are of the same packets: it closes by construction. Packets spread
/// by up to 2 us in the wake-ups and 1 us elsewhere, after a fixed pattern that depends on run and seed.
/// </summary>
internal sealed record PathEnvironment(string Name)
{
    private const double GapUs = 3;

    /// <summary>All that is on the path: a ping without tools is asked for by name.</summary>
    public static readonly LogRole[] AllRoles = [.. Enum.GetValues<LogRole>().Where(role => role != LogRole.SenderPingWithoutTools)];

    /// <summary>Each of the four wake-ups of vhost workers.</summary>
    public double WakeupUs { get; init; } = 20;

    /// <summary>The stage after the wake-up.</summary>
    public double WorkUs { get; init; } = 6;

    public double HostToHostUs { get; init; } = 30;

    /// <summary>Each of B, D, I and K.</summary>
    public double ForwardingUs { get; init; } = 10;

    /// <summary>Each of A, F, H and M; G is 5.</summary>
    public double StackUs { get; init; } = 10;

    /// <summary>By how much the stacks' parts spread to each side.</summary>
    public double StackSpreadUs { get; init; } = 0.5;

    public int Count { get; init; } = 40;

    public int Runs { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public IReadOnlyCollection<LogRole> Roles { get; init; } = AllRoles;

    public IReadOnlyDictionary<LogRole, LogTweak> Tweaks { get; init; } = new Dictionary<LogRole, LogTweak>();

    /// <summary>A manifest's name for the machines of both hosts.</summary>
    public string? HostName { get; init; }

    /// <summary>Kernel of all machines.</summary>
    public string? Kernel { get; init; } = "5.10.0";

    public LatencyEnvironment Build() => new(Name, null, [.. Enumerable.Range(1, Runs).SelectMany(run => Roles.Select(role => LogOf(role, run)))]);

    public PathEnvironment With(LogRole role, LogTweak tweak) => this with { Tweaks = new Dictionary<LogRole, LogTweak>(Tweaks) { [role] = tweak } };

    public PathEnvironment Without(params LogRole[] roles) => this with { Roles = [.. Roles.Except(roles)] };

    private EnvironmentLog LogOf(LogRole role, int run)
    {
        LogTweak tweak = Tweaks.GetValueOrDefault(role) ?? new LogTweak();
        LogTool tool = LogRoleName.ToolOf(role);
        var store = new SampleStore(SampleSchema.Of(tool));
        var flow = new SampleFlow(1, 0x0A000001, 0x0A000002, tweak.Origin.Device, -1);
        for (ushort sequence = 1; sequence <= (tweak.Count ?? Count); sequence++)
        {
            store.Add(in flow, tool == LogTool.KvmVhostTunLatency ? (ushort)0 : tweak.Id, tool == LogTool.KvmVhostTunLatency ? (ushort)0 : sequence, SampleFlags.None, counted: true, StoredOf(role, new Packet(this, run, sequence), tweak.AddedUs));
        }

        for (ushort sequence = 1; sequence <= tweak.Lost; sequence++)
        {
            store.AddLost(in flow, tweak.Id, (ushort)(1000 + sequence));
        }

        foreach ((int index, SampleFlags flags) in tweak.LeftOut.Index())
        {
            store.Add(in flow, tweak.Id, (ushort)(2000 + index), flags, counted: false, StoredOf(role, new Packet(this, run, 2000 + index), tweak.AddedUs + 5000));
        }

        LogOrigin origin = tweak.Origin with { KernelRelease = tweak.Origin.KernelRelease ?? Kernel, HostName = tweak.Origin.HostName ?? HostName };
        return new EnvironmentLog
        {
            Role = role.ToString(),
            RoleValue = role,
            Tool = LogToolName.Of(tool),
            ToolValue = tool,
            Run = Runs == 1 ? null : FormattableString.Invariant($"run{run}"),
            File = $"/logs/{Name}/{role}.log",
            Version = tweak.Version,
            ProbeBoundary = tweak.Boundary,
            Origin = origin,
            IsThresholdBiased = tweak.IsBiased,
            Caveat = tweak.Caveat,
            DropCount = tweak.DropCount,
            PrintedTotalUs = tweak.PrintedTotalUs,
            PrintedTotalCount = tweak.PrintedTotalUs is null ? null : Count,
            Store = store,
        };
    }

    /// <summary>Four columns in ns; stage 4 of a chain counts from stage 2.</summary>
    private static long[] StoredOf(LogRole role, Packet packet, double added)
    {
        double[] us = role switch
        {
            LogRole.SenderVm => [packet.Stack, packet.RoundTrip - (2 * packet.Stack), packet.Stack + added, packet.RoundTrip + added],
            LogRole.ReceiverVm => [packet.Stack, 5, packet.Stack + added, (2 * packet.Stack) + 5 + added],
            LogRole.SenderHost => [packet.Forwarding, packet.SenderExternal, packet.Forwarding + added, packet.SenderSpan + added],
            LogRole.ReceiverHost => [packet.Forwarding, packet.ReceiverExternal, packet.Forwarding + added, packet.ReceiverHost + added],
            LogRole.ReceiverTunIrq or LogRole.SenderTunIrq => [packet.Wakeup, packet.Work, packet.Work + 2, 1 + added],
            LogRole.SenderPing or LogRole.SenderPingWithoutTools => [packet.RoundTrip + 15 + added],
            _ => [packet.Wakeup, packet.Work, 4 + added, packet.Wakeup + packet.Work + 4 + added],
        };
        return [.. us.Select(value => (long)Math.Round(value * 1000)).Concat(Enumerable.Repeat(Latency.Missing, 4 - us.Length))];
    }

    /// <summary>One packet's parts; what holds others is their sum.</summary>
    private readonly struct Packet
    {
        public Packet(PathEnvironment path, int run, int sequence)
        {
            var random = new Random((path.Seed * 1_000_003) + (run * 1009) + sequence);
            Wakeup = path.WakeupUs + random.Next(-2, 3);
            Work = path.WorkUs + random.Next(-1, 2);
            Stack = path.StackUs + Math.Round((random.Next(-5, 6) * path.StackSpreadUs) / 5, 3);
            Forwarding = path.ForwardingUs + (random.Next(-5, 6) / 10.0);
            ReceiverExternal = Pieces + GapUs + (2 * Stack) + 5;
            ReceiverHost = ReceiverExternal + (2 * Forwarding);
            SenderExternal = ReceiverHost + path.HostToHostUs + (random.Next(-5, 6) / 10.0);
            SenderSpan = SenderExternal + (2 * Forwarding);
            RoundTrip = SenderSpan + Pieces + GapUs + (2 * Stack);
        }

        public double Wakeup { get; }

        public double Work { get; }

        public double Stack { get; }

        public double Forwarding { get; }

        public double ReceiverExternal { get; }

        public double ReceiverHost { get; }

        public double SenderExternal { get; }

        public double SenderSpan { get; }

        public double RoundTrip { get; }

        /// <summary>A chain (wake-up, S2 to S4, S4 to S5) and a kick's way.</summary>
        private double Pieces => (2 * Wakeup) + (Work + 2) + 1 + Work + 4;
    }
}
