using BenchmarkDotNet.Attributes;
using VirtLatency.Analysis;
using VirtLatency.Analysis.Joining;
using VirtLatency.Analysis.Statistics;
using VirtLatency.CpuIdle;
using VirtLatency.Environments;
using VirtLatency.LogWriter;
using VirtLatency.Model;

namespace VirtLatency.Bench.Micro;

/// <summary>The join, the breakdown, a mean's interval, and reading this machine's idle states.</summary>
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private const int Packets = 20_000;
    private static readonly string[] Logs = ["kernel_icmp_rtt-tx", "kernel_icmp_rtt-rx", "icmp_drop_detector-sender", "icmp_drop_detector-receiver"];

    private readonly string _folder = Directory.CreateTempSubdirectory("virtlatency-bench-").FullName;
    private LatencyEnvironment _environment = null!;
    private double[] _values = [];

    /// <summary>Writes and reads the logs of one run.</summary>
    [GlobalSetup]
    public void Setup()
    {
        foreach (string log in Logs)
        {
            using var output = new StreamWriter(Path.Combine(_folder, log + ".log"));
            GeneratedLog.Write(log, new FigureGenerator(1), Packets, output);
        }

        _environment = EnvironmentReader.Read(new EnvironmentRequest("bench", _folder, new Dictionary<LogRole, string>(), default, SampleStore.DefaultMaxSampleCount), new Bench.Logs.Silence());
        var random = new Random(1);
        _values = [.. Enumerable.Range(0, Packets).Select(_ => random.NextDouble())];
    }

    /// <summary>Removes them.</summary>
    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    /// <summary>Joins the packets of four logs.</summary>
    /// <returns>Packets.</returns>
    [Benchmark]
    public long Join() => PacketJoin.Of(_environment).Packets().LongCount();

    /// <summary>All segments' rows.</summary>
    /// <returns>Rows.</returns>
    [Benchmark]
    public int Rows() => Breakdown.Of(_environment, BreakdownLevel.Segment).Count();

    /// <summary>What a series is worth as independent samples.</summary>
    /// <returns>The number.</returns>
    [Benchmark]
    public double Statistics() => EffectiveSample.Of(_values, 0.5, 1.0 / 12).Count;

    /// <summary>This machine's idle states.</summary>
    /// <returns>CPUs.</returns>
    [Benchmark]
    public int SysFs() => CpuIdleReader.Read(LocalHost.Live()).Cpus.Count;
}
