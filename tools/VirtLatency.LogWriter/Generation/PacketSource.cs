namespace VirtLatency.LogWriter;

/// <summary>Draws packets: latencies are log-normal around what the tools show on idle hosts with C-states on.</summary>
internal sealed class PacketSource(int seed)
{
    private const int SequencesPerRun = 65535;
    private const int FirstIcmpId = 4001;

    private readonly Random _random = new(seed);

    /// <summary>Draws the next packet. A new run of ping, with the next identifier, follows sequence number 65535.</summary>
    public PacketFigure Next(long number, DateTime time) => new()
    {
        Number = number,
        Time = time.AddTicks(_random.Next(3000)),
        IcmpId = (ushort)(FirstIcmpId + (number / SequencesPerRun)),
        Sequence = (ushort)((number % SequencesPerRun) + 1),
        SenderOutUs = Draw(17, 0.25),
        RequestKick = Kick(60, 0.5),
        SenderHostOutUs = Draw(16, 0.2),
        RequestNetworkUs = Draw(45, 0.3),
        ReceiverHostInUs = Draw(13, 0.2),
        RequestTun = Tun(),
        RequestGapUs = Draw(25, 0.5),
        ReceiverStage0To1Us = Draw(9, 0.2),
        ReceiverStage1To2Us = Draw(15, 0.2),
        ReceiverTurnUs = Draw(7, 0.2),
        ReceiverOutUs = Draw(6.5, 0.2),
        ReplyKick = Kick(8, 0.3),
        ReceiverHostOutUs = Draw(13, 0.2),
        ReplyNetworkUs = Draw(45, 0.3),
        SenderHostInUs = Draw(10, 0.2),
        ReplyTun = Tun(),
        ReplyGapUs = Draw(25, 0.5),
        SenderStage3To4Us = Draw(4.8, 0.2),
        SenderStage4To5Us = Draw(11, 0.2),
    };

    private KickPieces Kick(double wakeUpUs, double spread) => new(Draw(wakeUpUs, spread), Draw(6.5, 0.2), Draw(5.2, 0.2));

    private TunPieces Tun() => new(Draw(60, 0.5), Draw(6.5, 0.15), Draw(2.5, 0.25), Draw(2.3, 0.3));

    /// <summary>A latency in us with 1 ns resolution.</summary>
    private decimal Draw(double medianUs, double spread)
    {
        double gauss = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());
        return (long)(medianUs * Math.Exp(spread * gauss) * 1000) / 1000m;
    }
}
