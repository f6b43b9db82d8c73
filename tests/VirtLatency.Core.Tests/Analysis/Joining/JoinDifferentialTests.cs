using VirtLatency.Analysis.Joining;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.Joining;

/// <summary>The join against brute force, over thousands of packets with wraps, losses, duplicates, overtaking and ids used again.</summary>
public sealed class JoinDifferentialTests
{
    private static readonly LogRole[] Roles = [.. JoinRole.All];

    [Theory]
    [InlineData(1, 4_000, 64_000, 0.01)]
    [InlineData(2, 4_000, 1, 0.05)]
    [InlineData(3, 9_000, 65_530, 0.2)]
    [InlineData(4, 70_000, 60_000, 0.02)]
    [InlineData(5, 140_000, 65_000, 0.001)]
    [InlineData(6, 200_000, 3, 0.1)]
    public void One_ping_over_wraps(int seed, int packets, int first, double loss)
    {
        var random = new Random(seed);
        var environment = new JoinEnvironment();
        var seen = new List<SeenRecord>();
        foreach (LogRole role in Roles)
        {
            foreach ((int truth, bool duplicate) in Observed(random, packets, loss))
            {
                var flow = new SampleFlow(1, role == LogRole.ReceiverVm ? JoinEnvironment.There : JoinEnvironment.Here, role == LogRole.ReceiverVm ? JoinEnvironment.Here : JoinEnvironment.There, null, -1);
                environment.Add(role, in flow, 77, (ushort)(first + truth), truth + 1, duplicate ? SampleFlags.Duplicate : SampleFlags.None);
                seen.Add(new SeenRecord(role, truth + 1, duplicate));
            }
        }

        AssertSame(seen, environment.Build());
    }

    /// <summary>Several pings at once and one after the other, in two runs; ids are used again after others, not within one stretch.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Several_pings_mixed(int seed)
    {
        var random = new Random(seed);
        var environment = new JoinEnvironment();
        var seen = new List<SeenRecord>();
        foreach (string run in new[] { "one", "two" })
        {
            foreach (LogRole role in Roles)
            {
                Queue<(int Ping, int Truth, bool Duplicate)>[] pings =
                [
                    .. Enumerable.Range(0, 5).Select(ping => new Queue<(int, int, bool)>(Twice(random, ping))),
                ];
                while (pings.Any(ping => ping.Count > 0))
                {
                    Queue<(int Ping, int Truth, bool Duplicate)> next = pings[random.Next(pings.Length)];
                    if (next.TryDequeue(out (int Ping, int Truth, bool Duplicate) packet))
                    {
                        int mark = ((run == "one" ? 0 : 5) + packet.Ping) * 10_000 + packet.Truth;
                        var flow = new SampleFlow(1, JoinEnvironment.Here, JoinEnvironment.There + (uint)(packet.Ping % 2), null, -1);
                        environment.Add(role, in flow, (ushort)(100 + packet.Ping), (ushort)(1 + (packet.Truth % 1000)), mark, packet.Duplicate ? SampleFlags.Duplicate : SampleFlags.None, run);
                        seen.Add(new SeenRecord(role, mark, packet.Duplicate));
                    }
                }
            }
        }

        AssertSame(seen, environment.Build());
    }

    /// <summary>1000 packets, and later 1000 more that start again at sequence 1.</summary>
    private static IEnumerable<(int Ping, int Truth, bool Duplicate)> Twice(Random random, int ping)
    {
        foreach ((int truth, bool duplicate) in Observed(random, 1000, 0.03))
        {
            yield return (ping, truth, duplicate);
        }

        foreach ((int truth, bool duplicate) in Observed(random, 1000, 0.03))
        {
            yield return (ping, 1000 + truth, duplicate);
        }
    }

    /// <summary>Packets as a log sees them: some lost, some twice and flagged, neighbours now and then in the other order.</summary>
    private static List<(int Truth, bool Duplicate)> Observed(Random random, int packets, double loss)
    {
        var order = new List<(int Truth, bool Duplicate)>();
        for (int i = 0; i < packets; i++)
        {
            if (random.NextDouble() < loss)
            {
                continue;
            }

            order.Add((i, false));
            if (random.NextDouble() < 0.01)
            {
                order.Add((i, true));
            }
        }

        for (int i = 1; i < order.Count - 1; i++)
        {
            bool isPair = order[i].Truth == order[i - 1].Truth || order[i].Truth == order[i + 1].Truth;
            if (!isPair && !order[i - 1].Duplicate && random.NextDouble() < 0.02)
            {
                (order[i - 1], order[i]) = (order[i], order[i - 1]);
            }
        }

        return order;
    }

    private static void AssertSame(List<SeenRecord> seen, LatencyEnvironment environment)
    {
        SortedDictionary<int, SortedSet<LogRole>> expected = NaiveJoin.Of(seen);
        PacketJoin join = PacketJoin.Of(environment);
        var actual = new SortedDictionary<int, SortedSet<LogRole>>();
        foreach (JoinedPacket packet in join.Packets())
        {
            (LogRole Role, int Mark)[] marks = [.. MarksOf(packet)];
            int mark = Assert.Single(marks.Select(item => item.Mark).Distinct());
            actual.Add(mark, [.. marks.Select(item => item.Role)]);
        }

        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, packet => Assert.Equal(packet.Value, actual[packet.Key]));
        Assert.Equal(expected.Count, join.Rates.JoinedCount);
        Assert.All(join.Rates.Logs.GroupBy(log => log.Role), role =>
        {
            Assert.Equal(expected.Values.Count(roles => roles.Contains(role.Key)), role.Sum(log => log.MatchedCount));
            Assert.Equal(seen.Count(record => record.Role == role.Key && record.IsDuplicate), role.Sum(log => log.RepeatedCount));
            Assert.Equal(0, role.Sum(log => log.AmbiguousCount));
            Assert.Equal(seen.Count(record => record.Role == role.Key), role.Sum(log => log.MatchedCount + log.UnmatchedCount + log.RepeatedCount));
        });
    }

    private static IEnumerable<(LogRole Role, int Mark)> MarksOf(JoinedPacket packet)
    {
        for (int slot = 0; slot < JoinRole.All.Count; slot++)
        {
            if (packet.IndexIn(slot) is >= 0 and int index)
            {
                SampleStore store = packet.Group[slot]!.Log.Store;
                yield return (JoinRole.All[slot], (int)(store.ValueOf(in store.Records[index], 0) / 1000));
            }
        }
    }
}
