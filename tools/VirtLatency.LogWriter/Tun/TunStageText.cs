using System.Globalization;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>The stage lines of each build. Stages count to five; builds with three print irqfd_wakeup as their third.</summary>
internal static class TunStageText
{
    private static readonly string[] Names = ["tun_net_xmit", "vhost_signal", "eventfd_signal", "irqfd_wakeup", "posted_int"];

    /// <summary>False for stages that the build has no probe at.</summary>
    public static bool Has(TunLogVersion version, int stage) =>
        version is not (TunLogVersion.Uniform or TunLogVersion.Libbpf) || stage is not (3 or 5);

    /// <summary>Adds a stage's line.</summary>
    public static void Compose(StringBuilder text, TunLogVersion version, TunChainFigure figure, int stage)
    {
        TunQueue queue = figure.Queue;
        TunHostTask task = stage == 1 ? figure.Irq : queue.Worker;
        DateTime time = TimeOf(figure, stage);
        string packet = stage == 1 ? figure.Packet.TextOf(version) : string.Empty;
        int number = stage == 4 && !Has(version, 3) ? 3 : stage;
        switch (version)
        {
            case TunLogVersion.Libbpf:
                text.Append(Invariant, $"TUN_IRQ [{queue.Device}:q{queue.Number}] Stage {number} [{Names[stage - 1]}] Time={time:HH:mm:ss.fff} ");
                ComposePort(text, figure, stage);
                text.Append(Invariant, $"CPU={task.Cpu} PID={task.Pid} COMM={task.Command}{packet}\n");
                break;
            case TunLogVersion.Abbreviated:
                string shown = stage == 1
                    ? string.Create(Invariant, $"Queue={queue.Number} CPU={task.Cpu}{packet}")
                    : string.Create(Invariant, $"Delay={Milliseconds(DelayUs(figure, stage)):F3}ms CPU={task.Cpu} PID={task.Pid}");
                text.Append(Invariant, $"TUN TX [{queue.Device}:q{queue.Number}] Stage {stage}: Time={time:HH:mm:ss.fff} {shown}\n");
                break;
            default:
                text.Append(Invariant, $"TUN TX INTERRUPT [{queue.Device}:q{queue.Number}] Stage {number} [{Names[stage - 1]}]: Time={time:yyyy-MM-dd HH:mm:ss.fff}");
                ComposeFields(text, version, figure, stage);
                text.Append(Invariant, $" CPU={task.Cpu} PID={task.Pid} COMM={task.Command}{packet}\n");
                break;
        }

        if (version == TunLogVersion.Totals && stage == 5)
        {
            // Only when the tool saw all four delays, and S2 to S3 twice.
            decimal sum = Enumerable.Range(2, 4).Sum(part => DelayUs(figure, part) ?? 0m);
            text.Append(Invariant, $"  -> Total(S1->S5): {Milliseconds(sum):F3}ms\n");
        }
    }

    /// <summary>A stage's own delay in us; stage 4's counts from stage 2, as the tool's stage 3 does not move its start.</summary>
    public static decimal? DelayUs(TunChainFigure figure, int stage) => stage switch
    {
        2 => figure.Stage1To2Us,
        3 => figure.Stage2To3Us,
        4 => figure.Stage2To3Us + figure.Stage3To4Us,
        5 => figure.Stage4To5Us,
        _ => null,
    };

    /// <summary>When a stage was reached.</summary>
    public static DateTime TimeOf(TunChainFigure figure, int stage)
    {
        decimal elapsed = stage > 1 ? figure.Stage1To2Us ?? 0m : 0m;
        elapsed += stage > 2 ? figure.Stage2To3Us ?? 0m : 0m;
        elapsed += stage > 3 ? figure.Stage3To4Us ?? 0m : 0m;
        elapsed += stage > 4 ? figure.Stage4To5Us ?? 0m : 0m;
        return figure.Time.AddTicks((long)(elapsed * TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>A delay as printed; the tool prints a negative one as 0.</summary>
    private static decimal Milliseconds(decimal? latencyUs) => PrintedNumber.Round(decimal.Max(latencyUs ?? 0m, 0m) / 1000m, 3);

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static void ComposeFields(StringBuilder text, TunLogVersion version, TunChainFigure figure, int stage)
    {
        TunQueue queue = figure.Queue;
        decimal delay = Milliseconds(DelayUs(figure, stage));
        if (version == TunLogVersion.Uniform)
        {
            (ulong eventFd, int gsi, ulong vq) = (stage == 1 ? 0 : queue.EventFd, stage == 4 ? queue.Interrupt : 0, stage == 2 ? queue.VirtQueue : 0);
            text.Append(Invariant, $" Sock=0x{queue.Socket:x} EventFD=0x{eventFd:x} GSI={gsi} VQ=0x{vq:x} Delay={(stage == 4 ? delay : 0m):F3}ms");
            return;
        }

        switch (stage)
        {
            case 1:
                text.Append(Invariant, $" Queue={queue.Number} Sock(tfile)=0x{queue.Socket:x}");
                break;
            case 2:
                text.Append(Invariant, $" Sock(vq)=0x{queue.Socket:x} EventFD(vq)=0x{queue.EventFd:x} VQ=0x{queue.VirtQueue:x}");
                text.Append(version == TunLogVersion.FiveStages ? string.Empty : string.Create(Invariant, $" Delay={delay:F3}ms"));
                break;
            case 3:
                text.Append(Invariant, $" EventFD(arg)=0x{queue.EventFd:x} Delay={delay:F3}ms");
                break;
            case 4:
                text.Append(Invariant, $" EventFD(irqfd)=0x{queue.EventFd:x} GSI(irqfd)={queue.Interrupt} Delay={delay:F3}ms");
                break;
            default:
                text.Append(Invariant, $" Vector(arg)={queue.Interrupt} VCPU=0x{queue.VirtualCpu:x} Delay={delay:F3}ms");
                break;
        }
    }

    /// <summary>The C port's fields; those of value 0 are left out.</summary>
    private static void ComposePort(StringBuilder text, TunChainFigure figure, int stage)
    {
        TunQueue queue = figure.Queue;
        text.Append(Invariant, $"Sock=0x{queue.Socket:x} ");
        switch (stage)
        {
            case 2:
                text.Append(Invariant, $"EventFD=0x{queue.EventFd:x} VQ=0x{queue.VirtQueue:x} ");
                break;
            case 4:
                decimal delay = DelayUs(figure, 4) ?? 0m;
                text.Append(Invariant, $"EventFD=0x{queue.EventFd:x} GSI={queue.Interrupt} ");
                text.Append(delay > 0m ? string.Create(Invariant, $"Delay={Milliseconds(delay):F3}ms ") : string.Empty);
                break;
        }
    }
}
