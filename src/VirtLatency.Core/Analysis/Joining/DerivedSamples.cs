using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>Samples of parts that no log measures alone, one per packet that the logs in question share, by part and run.</summary>
internal sealed class DerivedSamples
{
    private readonly Dictionary<string, List<RunPacketValues>> _byPart;

    private DerivedSamples(Dictionary<string, List<RunPacketValues>> byPart, JoinRates rates)
    {
        _byPart = byPart;
        Rates = rates;
    }

    /// <summary>What the join found.</summary>
    public JoinRates Rates { get; }

    /// <summary>Collects samples: 8 bytes a packet and part. Only records that are complete and take part in means give one.</summary>
    /// <param name="join">The join.</param>
    /// <param name="parts">Ids of breakdown rows.</param>
    /// <returns>The samples.</returns>
    public static DerivedSamples Of(PacketJoin join, IReadOnlyList<string> parts)
    {
        (string Id, Func<PacketValues, long> Value)[] wanted = [.. parts.Where(id => ValueOf(id) is not null).Select(id => (id, ValueOf(id)!))];
        var byPart = wanted.ToDictionary(part => part.Id, _ => new List<RunPacketValues>());
        foreach (JoinedPacket packet in join.Packets())
        {
            var values = new PacketValues(in packet, countedOnly: true);
            foreach ((string id, Func<PacketValues, long> value) in wanted)
            {
                long nanoseconds = value(values);
                if (nanoseconds != Latency.Missing)
                {
                    SamplesOf(byPart[id], packet.Group.Run).Add(nanoseconds / 1000.0);
                }
            }
        }

        return new DerivedSamples(byPart, join.Rates);
    }

    /// <summary>Whether a part can have samples of its own where packets join.</summary>
    public static bool IsDerived(string id) => ValueOf(id) is not null;

    /// <summary>The samples of a part by run, in packet order; none where no packets join.</summary>
    public IReadOnlyList<RunPacketValues> Of(string id) => _byPart.TryGetValue(id, out List<RunPacketValues>? runs) ? runs : [];

    private static List<double> SamplesOf(List<RunPacketValues> runs, string? run)
    {
        // Packets come run by run.
        if (runs.Count == 0 || runs[^1].Run != run)
        {
            int known = runs.FindIndex(samples => samples.Run == run);
            if (known >= 0)
            {
                return runs[known].ValuesUs;
            }

            runs.Add(new RunPacketValues(run, []));
        }

        return runs[^1].ValuesUs;
    }

    private static Func<PacketValues, long>? ValueOf(string id) => id switch
    {
        "C+J" or "HostToHost" or "PhysicalNetwork" => values => values.HostToHost,
        "VirtSender" => values => values.VirtSender,
        "VirtReceiver" => values => values.VirtReceiver,
        "SenderHostTotal" => values => values.SenderHostTotal,
        "VmInternal" => values => values.VmInternal,
        "HostForwarding" => values => values.HostForwarding,
        _ => null,
    };
}
