using System.Diagnostics;
using System.Globalization;
using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Bench;

/// <summary>
/// Ten million packets in the four logs that see every packet, 24 bytes a record, all in memory: joined, and a part that
/// no log measures alone computed from each. Once as one ping, whose sequence wraps 152 times, once as eight pings mixed.
/// Each log lacks a thousandth of the packets and has some in another order.
/// </summary>
internal static class PacketJoinCase
{
    private const int Packets = 10_000_000;
    private const int Rounds = 3;

    private static readonly LogRole[] Roles = [LogRole.SenderVm, LogRole.ReceiverVm, LogRole.SenderHost, LogRole.ReceiverHost];

    /// <summary>What the join promises beside the records themselves, which the reader of the logs holds already.</summary>
    private const double LimitSeconds = 10;

    private const double LimitBytes = 1e9;

    /// <summary>Runs the case; the result tells whether each round kept the limits.</summary>
    /// <param name="pings">Pings at once.</param>
    /// <returns>Whether all rounds stayed below the limits of time and memory.</returns>
    public static bool Run(int pings)
    {
        bool isWithin = true;
        LatencyEnvironment environment = Build(pings);
        GC.Collect();
        double before = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"join: {Packets / 1e6:0} million packets in {Roles.Length} logs, {pings} ping(s) at once; records {before:0} MB"));
        for (int round = 0; round < Rounds; round++)
        {
            // What the round before left behind is not this round's.
            GC.Collect();
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            long begin = Stopwatch.GetTimestamp();
            PacketJoin join = PacketJoin.Of(environment);
            (long joined, long sum) = Sum(join);
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            double own = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6;
            isWithin &= seconds < LimitSeconds && own * 1e6 < LimitBytes;
            using Process process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {seconds:0.00} s; {joined} joined, {join.Rates.MatchedCount} in all four; mean {sum / 1000.0 / join.Rates.MatchedCount:0.000} us; allocated by the join {own:0} MB; peak of the process {process.PeakWorkingSet64 / 1e6:0} MB"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(isWithin ? "within" : "BEYOND")} the limits of {LimitSeconds:0} s and {LimitBytes / 1e9:0} GB"));
        return isWithin;
    }

    private static (long Joined, long Sum) Sum(PacketJoin join)
    {
        long joined = 0;
        long sum = 0;
        foreach (JoinedPacket packet in join.Packets())
        {
            joined++;
            long value = new PacketValues(in packet, countedOnly: true).Residual;
            sum += value == Latency.Missing ? 0 : value;
        }

        return (joined, sum);
    }

    private static LatencyEnvironment Build(int pings) => new("bench", null, [.. Roles.Select((role, i) => new EnvironmentLog
    {
        RoleValue = role,
        Role = role.ToString(),
        ToolValue = LogRoleName.ToolOf(role),
        Store = StoreOf(role, pings, new Random(i + 1)),
    })]);

    private static SampleStore StoreOf(LogRole role, int pings, Random random)
    {
        var records = new List<SampleRecord>(Packets);
        for (int i = 0; i < Packets; i++)
        {
            if (random.Next(1000) != 0)
            {
                records.Add(RecordOf(role, i, pings));
            }

            // An overtaken packet stands behind its follower.
            if (records.Count > pings + 1 && random.Next(1000) == 0)
            {
                (records[^1], records[^(pings + 1)]) = (records[^(pings + 1)], records[^1]);
            }
        }

        var schema = SampleSchema.Of(LogRoleName.ToolOf(role));
        MomentsState[] none = new MomentsState[schema.Columns.Count];
        return SampleStore.Restore(schema, StateOf(records.Count, none), records);
    }

    private static SampleStoreState StateOf(int count, MomentsState[] none) => new()
    {
        MaxSampleCount = Packets,
        SampleCount = count,
        FlaggedCount = 0,
        LostCount = 0,
        DuplicateCount = 0,
        IsClamped = false,
        Flows = [new SampleFlow(1, 0x0a008291, 0x0a00828f, null, -1)],
        All = none,
        Complete = none,
    };

    /// <summary>In ticks of each log: 227 us of round trip, with the packet's number in the parts.</summary>
    private static SampleRecord RecordOf(LogRole role, int packet, int pings)
    {
        int jitter = packet % 97;
        (int First, int Second, int Third) parts = role switch
        {
            LogRole.SenderVm => (18_000, 193_000 + (jitter * 100), 16_000),
            LogRole.ReceiverVm => (24_000, 8_000, 8_000),
            LogRole.SenderHost => (135, 1441 + jitter, 84),
            _ => (127, 913 + jitter, 94),
        };
        return new SampleRecord
        {
            IcmpId = (ushort)(1000 + (packet % pings)),
            Sequence = (ushort)(1 + (packet / pings)),
            Value0 = parts.First,
            Value1 = parts.Second,
            Value2 = parts.Third,
            Value3 = parts.First + parts.Second + parts.Third,
        };
    }
}
