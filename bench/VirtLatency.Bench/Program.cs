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
    case ["aggregate", var role, var path]:
        // What logs starts as a whole process.
        Console.WriteLine(OwnReader.Read(Enum.Parse<LogRole>(role), path).Logs[0].Store.SampleCount);
        return 0;
    default:
        // One case a process: a peak of memory is that of the case then.
        Console.Error.WriteLine("usage: VirtLatency.Bench [cpuidle | join | join-mixed | logs [MEGABYTES [NAME]] | aggregate ROLE FILE]");
        return 1;
}
