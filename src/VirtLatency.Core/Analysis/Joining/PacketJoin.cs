using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>
/// The same packets in the logs of an environment: joined by run, addresses without order, ICMP id and sequence. Order
/// within a file decides what a number means that comes again; stamps are never looked at, for each machine has a clock
/// of its own. Packets stream: besides the records themselves a join holds a few MB, and 4 bytes a record of logs in
/// which several pings are mixed.
/// </summary>
internal sealed class PacketJoin
{
    private readonly List<LogJoin> _logs = [];
    private readonly List<PacketGroup> _groups = [];
    private JoinRates? _rates;

    private PacketJoin()
    {
    }

    /// <summary>Rates of the join; the packets are gone through once for it where they were not yet.</summary>
    public JoinRates Rates
    {
        get
        {
            if (_rates is null)
            {
                // The stream counts as it goes; nothing of a packet is needed here.
                using IEnumerator<List<JoinedPacket>> pieces = Pieces().GetEnumerator();
                while (pieces.MoveNext())
                {
                }
            }

            return _rates!;
        }
    }

    /// <summary>Prepares the join of an environment's logs.</summary>
    /// <param name="environment">The environment.</param>
    /// <returns>A join whose packets can be gone through several times.</returns>
    public static PacketJoin Of(LatencyEnvironment environment)
    {
        var join = new PacketJoin();
        foreach (IGrouping<string?, EnvironmentLog> run in environment.Logs.GroupBy(log => log.Run))
        {
            LogJoin[] logs = [.. run.Where(log => IsJoined(log.RoleValue)).Select(log => new LogJoin(log, log.RoleValue!.Value))];
            foreach (LogJoin log in logs)
            {
                log.LeftOut = ReasonAgainst(log.Log, logs.Count(other => other.Role == log.Role));
            }

            join._logs.AddRange(logs);
            List<(LogJoin Log, LogIndex Index)> usable = Index([.. logs.Where(log => log.LeftOut is null)]);
            join._groups.AddRange(GroupFinder.Find(run.Key, usable));
        }

        return join;
    }

    /// <summary>Per-packet samples of derived parts, over the packets that join.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="parts">Ids as in breakdown rows, for instance C+J, HostToHost, VirtSender, SenderHostTotal; others have no samples.</param>
    /// <returns>The samples by part and run.</returns>
    public static DerivedSamples DerivedSamples(LatencyEnvironment environment, params IReadOnlyList<string> parts) =>
        Joining.DerivedSamples.Of(Of(environment), parts);

    /// <summary>The packets that at least two logs have, run by run and ping by ping, in the order of their sequence.</summary>
    /// <returns>A stream.</returns>
    public IEnumerable<JoinedPacket> Packets()
    {
        foreach (List<JoinedPacket> piece in Pieces())
        {
            foreach (JoinedPacket packet in piece)
            {
                if ((packet.Mask & (packet.Mask - 1)) != 0)
                {
                    yield return packet;
                }
            }
        }
    }

    /// <summary>All packets, also those that one log has, in pieces that are filled anew each time.</summary>
    public IEnumerable<List<JoinedPacket>> Pieces()
    {
        var count = new JoinCount(_logs);
        var merge = new SessionMerge();
        var packets = new List<JoinedPacket>();
        var unwrapper = new SequenceUnwrapper();
        foreach (PacketGroup group in _groups)
        {
            foreach ((PingSession Session, long Offset)?[] parts in SessionAlignment.Of(group, unwrapper, count))
            {
                foreach (List<JoinedPacket> piece in merge.Merge(group, parts, packets))
                {
                    count.Add(piece);
                    yield return piece;
                }

                count.Add(group, merge);
            }
        }

        _rates = count.ToRates();
    }

    private static bool IsJoined(LogRole? role) => role is { } known && JoinRole.SlotOf(known) >= 0;

    /// <summary>
    /// The runs of files correspond where every file has the same ones. A tool that was started again has others; then
    /// ids and the order of packets have to do.
    /// </summary>
    private static List<(LogJoin Log, LogIndex Index)> Index(LogJoin[] logs)
    {
        int[][] runs = [.. logs.Select(log => log.Log.Store.Flows.Select(flow => flow.Run).Distinct().Order().ToArray())];
        bool correspond = Array.TrueForAll(runs, own => own.SequenceEqual(runs[0]));
        var indexed = new List<(LogJoin Log, LogIndex Index)>();
        foreach (LogJoin log in logs)
        {
            var index = new LogIndex(log.Log, correspond);
            log.UnkeyedCount = index.UnkeyedCount;
            log.RecordCount = index.Groups.Sum(group => (long)group.Count);
            indexed.Add((log, index));
        }

        return indexed;
    }

    private static string? ReasonAgainst(EnvironmentLog log, int logsOfRole)
    {
        if (logsOfRole > 1)
        {
            return FormattableString.Invariant($"{logsOfRole} logs have its role in one run");
        }

        if (log.Store.IsAggregate)
        {
            return "its samples were not kept (-NoSample)";
        }

        return log.Store.IsReservoir
            ? FormattableString.Invariant($"it keeps a choice of {log.Store.Records.Length} of {log.SampleCount} samples, in no order; import with a larger -MaxSampleCount")
            : null;
    }
}
