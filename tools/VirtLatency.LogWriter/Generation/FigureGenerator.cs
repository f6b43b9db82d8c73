namespace VirtLatency.LogWriter;

/// <summary>
/// Makes plausible figures for any number of packets. The same seed gives the same packets to every tool, so the logs
/// of one seed are the logs of one run: they join by ICMP identifier and sequence number, and their latencies add up.
/// Sequences are made as they are enumerated, and each enumeration starts again from the seed.
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class FigureGenerator(int seed)
{
    private const int WakeupsPerSecond = 40;

    private static readonly IcmpRttTask[] GuestTasks = Enumerable.Range(0, 4)
        .SelectMany(cpu => new[] { 0, 0, 0, 12 + (cpu * 6) }.Select(pid => new IcmpRttTask(
            pid, FormattableString.Invariant($"{(pid == 0 ? "swapper" : "ksoftirqd")}/{cpu}"))))
        .ToArray();

    /// <summary>Share of the packets, 0 to 1, that lack a stage, break off or are lost; each tool has its own such packets.</summary>
    public double FaultShare { get; init; }

    /// <summary>Wall clock of the first packet; UTC where ping prints it as a number.</summary>
    public DateTime Start { get; init; } = new(2026, 1, 9, 10, 0, 0, DateTimeKind.Unspecified);

    /// <summary>How long the host had been up at the first packet.</summary>
    public TimeSpan Uptime { get; init; } = new(30, 10, 0, 0);

    /// <summary>Time between two packets.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Address of the VM that pings.</summary>
    public string Source { get; init; } = "10.20.30.41";

    /// <summary>Address of the VM that answers.</summary>
    public string Destination { get; init; } = "10.20.30.42";

    /// <summary>The four queues of the VM's tap device at one end, the same for every tool.</summary>
    /// <param name="end">The end of the path.</param>
    /// <returns>Queues 0 to 3 of vnet5 (sender) or vnet2 (receiver), each with its worker.</returns>
    public static IReadOnlyList<TunQueue> Queues(PathEnd end)
    {
        (string device, int pid, int cpu) = end == PathEnd.Sender ? ("vnet5", 51820, 8) : ("vnet2", 40150, 4);
        string command = FormattableString.Invariant($"vhost-{pid}");
        return Enumerable.Range(0, 4).Select(number =>
        {
            var worker = new TunHostTask(cpu + number, pid + 57 + number, command);
            var queue = new TunQueue(device, number, worker);
            ulong offset = (ulong)number;
            return queue with
            {
                Socket = queue.Socket + (offset * 0x1000),
                EventFd = queue.EventFd + (offset * 0x100),
                VirtQueue = queue.VirtQueue + (offset * 0x4000),
                Interrupt = queue.Interrupt + number,
            };
        }).ToArray();
    }

    /// <summary>The packets themselves.</summary>
    /// <param name="count">Number of packets.</param>
    /// <returns>Packets in order of time.</returns>
    public IEnumerable<PacketFigure> Packets(long count)
    {
        var source = new PacketSource(seed);
        for (long number = 0; number < count; number++)
        {
            yield return source.Next(number, Start + (number * Interval));
        }
    }

    /// <summary>Figures of kernel_icmp_rtt.</summary>
    /// <param name="direction">Tx for the sender VM, rx for the receiver VM.</param>
    /// <param name="count">Number of packets.</param>
    /// <returns>One figure for each packet; faults lack stage 3 or 4 (tx) or stage 1 (rx).</returns>
    public IEnumerable<IcmpRttFigure> IcmpRtt(IcmpRttDirection direction, long count)
    {
        Random random = NewRandom((int)direction);
        foreach (PacketFigure packet in Packets(count))
        {
            IcmpRttTask task = GuestTasks[random.Next(GuestTasks.Length)];
            int missing = IsFault(random) ? random.Next(3, 5) : -1;
            IcmpRttFigure figure = direction == IcmpRttDirection.Tx ? SenderVm(packet, missing) : ReceiverVm(packet, missing);
            yield return figure with { Path1Task = direction == IcmpRttDirection.Tx ? null : task, Path2Task = task };
        }
    }

    /// <summary>Figures of icmp_drop_detector.</summary>
    /// <param name="end">The end of the path.</param>
    /// <param name="count">Number of packets.</param>
    /// <returns>One figure for each packet; faults lack a stage in the middle, or are dropped in one of the three places.</returns>
    public IEnumerable<IcmpFlowFigure> IcmpFlows(PathEnd end, long count)
    {
        Random random = NewRandom(2 + (int)end);
        foreach (PacketFigure packet in Packets(count))
        {
            IcmpFlowFigure figure = Flow(end, packet);
            yield return IsFault(random) ? BrokenFlow(figure, random) : figure;
        }
    }

    /// <summary>Figures of tun_tx_to_kvm_irq.</summary>
    /// <param name="end">Receiver for requests (type 8), sender for replies (type 0).</param>
    /// <param name="count">Number of packets.</param>
    /// <returns>One chain for each packet, over four queues; faults end at stage 1 to 4.</returns>
    public IEnumerable<TunChainFigure> TunChains(PathEnd end, long count)
    {
        Random random = NewRandom(4 + (int)end);
        IReadOnlyList<TunQueue> queues = Queues(end);
        TunHostTask[] irqs = queues.Select(queue => TunHostTask.Idle(20 + queue.Number)).ToArray();
        foreach (PacketFigure packet in Packets(count))
        {
            int queue = (int)(packet.Number % queues.Count);
            TunPieces pieces = end == PathEnd.Receiver ? packet.RequestTun : packet.ReplyTun;
            int last = IsFault(random) ? random.Next(1, 5) : 5;
            TunPacket content = end == PathEnd.Receiver
                ? TunPacket.Icmp(Source, Destination, 8, packet.IcmpId, packet.Sequence)
                : TunPacket.Icmp(Destination, Source, 0, packet.IcmpId, packet.Sequence);
            yield return new TunChainFigure(
                DateTime.UnixEpoch + Uptime + (packet.Time - Start),
                queues[queue],
                irqs[queue],
                content,
                last > 1 ? pieces.Stage1To2Us : null,
                last > 2 ? pieces.Stage2To3Us : null,
                last > 3 ? pieces.Stage3To4Us : null,
                last > 4 ? pieces.Stage4To5Us : null);
        }
    }

    /// <summary>Figures of kvm_vhost_tun_latency_details.</summary>
    /// <param name="end">Sender for requests, receiver for replies.</param>
    /// <param name="count">Number of packets.</param>
    /// <returns>One figure for each packet; faults lack S0 or S1, or have a stale S0 of about the interval.</returns>
    public IEnumerable<KvmTunFigure> KvmTun(PathEnd end, long count)
    {
        Random random = NewRandom(6 + (int)end);
        IReadOnlyList<TunQueue> queues = Queues(end);
        foreach (PacketFigure packet in Packets(count))
        {
            TunQueue queue = queues[(int)(packet.Number % queues.Count)];
            KickPieces pieces = end == PathEnd.Sender ? packet.RequestKick : packet.ReplyKick;
            var figure = new KvmTunFigure(
                TimeOnly.FromDateTime(packet.Time), queue.Worker.Pid, queue.Number, (long)pieces.S0Us, (long)pieces.S1Us, (long)pieces.S2Us);
            yield return !IsFault(random) ? figure : random.Next(3) switch
            {
                0 => figure with { S0Us = null },
                1 => figure with { S1Us = null },
                _ => figure with { S0Us = (Interval.Ticks / TimeSpan.TicksPerMicrosecond) + random.Next(1000) },
            };
        }
    }

    /// <summary>Figures of kvm_vhost_tun_latency_summary, from those of the details tool.</summary>
    /// <param name="end">Sender for requests, receiver for replies.</param>
    /// <param name="count">Number of packets.</param>
    /// <param name="packetsPerInterval">Packets in each interval but the last.</param>
    /// <returns>One figure for each interval, stamped with the time of its last packet.</returns>
    public IEnumerable<KvmIntervalFigure> KvmIntervals(PathEnd end, long count, int packetsPerInterval)
    {
        foreach (KvmTunFigure[] packets in KvmTun(end, count).Chunk(packetsPerInterval))
        {
            var interval = new KvmIntervalFigure(packets[^1].Time, new KvmHistogram(), new KvmHistogram(), new KvmHistogram());
            foreach (KvmTunFigure packet in packets)
            {
                Count(interval.S0, packet.S0Us);
                Count(interval.S1, packet.S1Us);
                Count(interval.S2, packet.S2Us);
            }

            yield return interval;
        }
    }

    /// <summary>Figures of vhost_wakeup_latency.</summary>
    /// <param name="end">The end of the path, which tells the workers.</param>
    /// <param name="count">Number of wake-ups.</param>
    /// <returns>One figure for each, 40 to a second.</returns>
    public IEnumerable<VhostWakeupFigure> Wakeups(PathEnd end, long count)
    {
        Random random = NewRandom(8 + (int)end);
        IReadOnlyList<TunQueue> queues = Queues(end);
        foreach (PacketFigure packet in Packets(count))
        {
            TunHostTask worker = queues[(int)(packet.Number % queues.Count)].Worker;
            decimal latencyUs = end == PathEnd.Sender ? packet.RequestKick.S0Us : packet.RequestTun.Stage1To2Us;
            TimeSpan elapsed = TimeSpan.FromTicks((packet.Number + 1) * TimeSpan.TicksPerSecond / WakeupsPerSecond);
            yield return new VhostWakeupFigure(
                elapsed, worker.Command, worker.Pid, latencyUs, random.Next(20, 40), worker.Cpu, worker.Cpu);
        }
    }

    /// <summary>Figures of ping: the round trip and what its system calls add.</summary>
    /// <param name="count">Number of packets.</param>
    /// <returns>One figure for each packet, and one more for each that is answered twice; faults are lost or answered twice.</returns>
    public IEnumerable<PingFigure> Pings(long count)
    {
        Random random = NewRandom(10);
        foreach (PacketFigure packet in Packets(count))
        {
            long rttUs = (long)packet.RoundTripUs + random.Next(15, 40);
            bool isFault = IsFault(random);
            bool isLost = isFault && random.Next(2) == 0;
            var figure = new PingFigure(packet.After(rttUs), packet.Sequence, isLost ? null : rttUs);
            yield return figure;
            if (isFault && !isLost)
            {
                yield return figure with { RttUs = rttUs + random.Next(5, 50), IsDuplicate = true };
            }
        }
    }

    private static void Count(KvmHistogram histogram, long? latencyUs)
    {
        if (latencyUs is { } value)
        {
            histogram.Add(value);
        }
    }

    private static IcmpRttFigure SenderVm(PacketFigure packet, int missing)
    {
        decimal reply = packet.SenderOutUs + packet.InterPathUs;
        decimal ipReceive = reply + packet.SenderStage3To4Us;
        decimal? stage3 = missing == 3 ? null : reply;
        decimal? stage4 = missing == 4 ? null : ipReceive;
        return IcmpRttFigure.FromStages(
            IcmpRttDirection.Tx,
            packet.After(packet.RoundTripUs),
            packet.IcmpId,
            packet.Sequence,
            [0m, packet.SenderOutUs, null, stage3, stage4, packet.RoundTripUs]);
    }

    private static IcmpRttFigure ReceiverVm(PacketFigure packet, int missing)
    {
        decimal icmpReceive = packet.ReceiverStage0To1Us + packet.ReceiverStage1To2Us;
        decimal? stage1 = missing < 0 ? packet.ReceiverStage0To1Us : null;
        return IcmpRttFigure.FromStages(
            IcmpRttDirection.Rx,
            packet.After(packet.RoundTripUs / 2),
            packet.IcmpId,
            packet.Sequence,
            [0m, stage1, icmpReceive, null, icmpReceive + packet.ReceiverTurnUs, packet.ReceiverVmUs]);
    }

    private static IcmpFlowFigure Flow(PathEnd end, PacketFigure packet) => end == PathEnd.Sender
        ? new IcmpFlowFigure(packet.Time, packet.After(packet.RoundTripUs), packet.IcmpId, packet.Sequence)
        {
            ReqInternalUs = packet.SenderHostOutUs,
            ExternalUs = packet.SenderExternalUs,
            RepInternalUs = packet.SenderHostInUs,
            TotalUs = packet.SenderHostUs,
        }
        : new IcmpFlowFigure(packet.After(packet.RoundTripUs / 4), packet.After(packet.RoundTripUs * 3 / 4), packet.IcmpId, packet.Sequence)
        {
            ReqInternalUs = packet.ReceiverHostInUs,
            ExternalUs = packet.ReceiverExternalUs,
            RepInternalUs = packet.ReceiverHostOutUs,
            TotalUs = packet.ReceiverHostUs,
        };

    private static IcmpFlowFigure BrokenFlow(IcmpFlowFigure figure, Random random)
    {
        // The tool looks once a second for flows older than its timeout.
        DateTime drop = figure.RequestTime.AddMilliseconds(random.Next(1000, 2000));
        return random.Next(5) switch
        {
            0 => figure with { ReqInternalUs = null, ExternalUs = null },
            1 => figure with { ExternalUs = null, RepInternalUs = null },
            2 => figure with { ReqInternalUs = null, ExternalUs = null, RepInternalUs = null, TotalUs = null, DropTime = drop },
            3 => figure with { ExternalUs = null, RepInternalUs = null, TotalUs = null, DropTime = drop },
            _ => figure with { RepInternalUs = null, TotalUs = null, DropTime = drop },
        };
    }

    private bool IsFault(Random random) => FaultShare > 0 && random.NextDouble() < FaultShare;

    // Apart from the packets' own sequence, so that a tool's faults and tasks do not shift the latencies of another tool.
    private Random NewRandom(int tool) => new(unchecked((seed * 31) + tool + 1));
}
