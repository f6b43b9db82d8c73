using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VirtLatency.LogWriter;

/// <summary>
/// The logs of the reference investigation: smtx and zbs, its two environments, and zbs-c6off, the second one after
/// its fix; zbs-vhost has the second one's worker as the summary and the wake-up tool show it. Figures are data of this
/// program, the text is what the writers make of them.
/// </summary>
public static class ExampleLogs
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Names of the environments, which are also those of their folders.</summary>
    public static IReadOnlyList<string> Environments { get; } = ["smtx", "zbs", "zbs-c6off", "zbs-vhost"];

    /// <summary>File names of an environment's logs.</summary>
    /// <param name="environment">One of <see cref="Environments"/>.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> Names(string environment) => Read(environment).Logs.Select(log => log.Name).ToArray();

    /// <summary>Writes one log.</summary>
    /// <param name="environment">One of <see cref="Environments"/>.</param>
    /// <param name="name">One of its <see cref="Names"/>.</param>
    /// <param name="output">Takes the text; neither flushed nor closed.</param>
    public static void Write(string environment, string name, TextWriter output)
    {
        ExampleEnvironment figures = Read(environment);
        Write(figures, figures.Logs.First(log => log.Name == name), output);
    }

    /// <summary>Writes all logs, a folder for each environment; existing files are replaced.</summary>
    /// <param name="folder">Holds the folders; made when it does not exist.</param>
    public static void WriteAll(string folder)
    {
        foreach (string environment in Environments)
        {
            ExampleEnvironment figures = Read(environment);
            string path = Path.Combine(folder, environment);
            Directory.CreateDirectory(path);
            foreach (ExampleLog log in figures.Logs)
            {
                using var output = new StreamWriter(Path.Combine(path, log.Name), append: false, new UTF8Encoding(false));
                Write(figures, log, output);
            }
        }
    }

    private static ExampleEnvironment Read(string environment)
    {
        using Stream stream = typeof(ExampleLogs).Assembly.GetManifestResourceStream(environment + ".json")
            ?? throw new ArgumentException("There is no example environment of this name.", nameof(environment));
        return JsonSerializer.Deserialize<ExampleEnvironment>(stream, Format)!;
    }

    private static void Write(ExampleEnvironment environment, ExampleLog log, TextWriter output)
    {
        switch (log.Tool)
        {
            case "kernel_icmp_rtt":
                WriteRtt(environment, log, output);
                break;
            case "icmp_drop_detector":
                WriteFlows(environment, log, output);
                break;
            case "tun_tx_to_kvm_irq":
                WriteChains(environment, log, output);
                break;
            case "kvm_vhost_tun_latency_summary":
                WriteHistograms(log, output);
                break;
            case "vhost_wakeup_latency":
                WriteWakeups(log, output);
                break;
            default:
                WriteKicks(log, output);
                break;
        }
    }

    private static void WriteRtt(ExampleEnvironment environment, ExampleLog log, TextWriter output)
    {
        var options = new KernelIcmpRttOptions
        {
            Direction = log.Direction == "tx" ? IcmpRttDirection.Tx : IcmpRttDirection.Rx,
            Source = environment.Sender,
            Destination = environment.Receiver,
            HasStacks = log.Stacks,
        };
        new KernelIcmpRttWriter(output, options).WriteLog(log.Rows.Select(row =>
        {
            // Four pieces follow each other over the five stages that the direction has; tx has no stage 2, rx no stage 3.
            decimal[] times = [0m, row[2], row[2] + row[3], row[2] + row[3] + row[4], row[2] + row[3] + row[4] + row[5]];
            decimal?[] stages = options.Direction == IcmpRttDirection.Tx
                ? [times[0], times[1], null, times[2], times[3], times[4]]
                : [times[0], times[1], times[2], null, times[3], times[4]];
            return IcmpRttFigure.FromStages(options.Direction, Time(log, row[0]), log.IcmpId, (ushort)row[1], stages);
        }));
    }

    private static void WriteFlows(ExampleEnvironment environment, ExampleLog log, TextWriter output)
    {
        var options = new IcmpDropDetectorOptions
        {
            Source = environment.Sender,
            Destination = environment.Receiver,
            ReceiveInterfaces = log.Receive,
            TransmitInterfaces = log.Transmit,
        };
        new IcmpDropDetectorWriter(output, options).WriteLog(log.Rows.Select(row =>
            new IcmpFlowFigure(Time(log, row[0]), Time(log, row[1]), log.IcmpId, (ushort)row[2])
            {
                ReqInternalUs = row[3],
                ExternalUs = row[4],
                RepInternalUs = row[5],
                TotalUs = row[6],
            }));
    }

    private static void WriteChains(ExampleEnvironment environment, ExampleLog log, TextWriter output)
    {
        (string source, string destination) = log.IcmpType == 8
            ? (environment.Sender, environment.Receiver)
            : (environment.Receiver, environment.Sender);
        var options = new TunTxToKvmIrqOptions
        {
            Kernel = log.Kernel!,
            Source = source,
            Destination = destination,
            Device = log.Device,
        };
        var queue = new TunQueue(log.Device, log.Queue, new TunHostTask(log.WorkerCpu, log.WorkerTid, log.WorkerCommand));
        var irq = TunHostTask.Idle(log.Cpu);
        new TunTxToKvmIrqWriter(output, options).WriteLog(log.Rows.Select(row => new TunChainFigure(
            Time(log, row[0]),
            queue,
            irq,
            TunPacket.Icmp(source, destination, log.IcmpType, log.IcmpId, (ushort)row[1]),
            row[2],
            row[3],
            row[4],
            row[5])));
    }

    private static void WriteWakeups(ExampleLog log, TextWriter output) =>
        new VhostWakeupWriter(output, new VhostWakeupOptions()).WriteLog(log.Rows.Select(row =>
            new VhostWakeupFigure(Milliseconds(row[0]), log.WorkerCommand, log.WorkerTid, row[1], (int)row[2], (int)row[3], (int)row[4])));

    /// <summary>Intervals of five packets.</summary>
    private static void WriteHistograms(ExampleLog log, TextWriter output)
    {
        var start = TimeOnly.Parse(log.Start, CultureInfo.InvariantCulture);
        new KvmVhostTunSummaryWriter(output, Profile(log) with { DurationSeconds = 10 }).WriteLog(log.Rows.Chunk(5).Select(rows =>
            new KvmIntervalFigure(start.Add(Milliseconds(rows[^1][0])), Histogram(rows, 1), Histogram(rows, 2), Histogram(rows, 3))));
    }

    private static KvmHistogram Histogram(decimal[][] rows, int column)
    {
        var histogram = new KvmHistogram();
        foreach (decimal[] row in rows)
        {
            histogram.Add((long)row[column]);
        }

        return histogram;
    }

    private static KvmVhostTunOptions Profile(ExampleLog log) => new()
    {
        Device = log.Device,
        Associations = [new KvmTunAssociation(log.WorkerTid, log.Queue, log.EventFd, log.DiscoveryCount)],
        IoeventfdCalls = log.IoeventfdCalls,
        NetifCalls = log.NetifCalls,
    };

    private static void WriteKicks(ExampleLog log, TextWriter output)
    {
        var start = TimeOnly.Parse(log.Start, CultureInfo.InvariantCulture);
        new KvmVhostTunWriter(output, Profile(log)).WriteLog(log.Rows.Select(row => new KvmTunFigure(
            start.Add(Milliseconds(row[0])), log.WorkerTid, log.Queue, (long)row[1], (long)row[2], (long)row[3])));
    }

    private static DateTime Time(ExampleLog log, decimal offsetMs) =>
        DateTime.Parse(log.Start, CultureInfo.InvariantCulture) + Milliseconds(offsetMs);

    private static TimeSpan Milliseconds(decimal value) => TimeSpan.FromTicks((long)(value * TimeSpan.TicksPerMillisecond));
}
