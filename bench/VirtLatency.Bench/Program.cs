using BenchmarkDotNet.Running;
using VirtLatency.Bench;
using VirtLatency.Bench.Logs;
using VirtLatency.Model;

switch (args)
{
    case [] or ["cpuidle"]:
        CpuIdleTreeCase.Run();
        return 0;
    case ["join"]:
        return PacketJoinCase.Run(pings: 1) ? 0 : 1;
    case ["join-mixed"]:
        return PacketJoinCase.Run(pings: 8) ? 0 : 1;
    case ["logs", .. var rest]:
        return LogsComparison.Run(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 200, rest.ElementAtOrDefault(1) ?? string.Empty) ? 0 : 1;
    case ["linear"]:
        return LinearCase.Run() ? 0 : 1;
    case ["nosample"]:
        return NoSampleCase.Run() ? 0 : 1;
    case ["start"]:
        return StartCase.Run() ? 0 : 1;
    case ["objects"]:
        return ObjectsCase.Run() ? 0 : 1;
    case ["micro", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(LogCase).Assembly).Run(rest);
        return 0;
    case ["aggregate" or "aggregate-nosample", var role, var path]:
        // What the cases start as a whole process.
        Console.WriteLine(OwnReader.Read(Enum.Parse<LogRole>(role), path, keepsSamples: args[0] == "aggregate").Logs[0].Store.SampleCount);
        return 0;
    default:
        // One case a process: a peak of memory is that of the case then.
        Console.Error.WriteLine("usage: VirtLatency.Bench [cpuidle | join | join-mixed | logs [MEGABYTES [NAME]] | linear | nosample | objects | start | micro [ARGUMENTS]]");
        return 1;
}
