using VirtLatency.Bench;

string wanted = args.Length > 0 ? args[0] : "cpuidle";
switch (wanted)
{
    case "cpuidle":
        CpuIdleTreeCase.Run();
        return 0;
    case "join":
        return PacketJoinCase.Run(pings: 1) ? 0 : 1;
    case "join-mixed":
        return PacketJoinCase.Run(pings: 8) ? 0 : 1;
    default:
        // One case a process: a peak of memory is that of the case then.
        Console.Error.WriteLine("usage: VirtLatency.Bench [cpuidle|join|join-mixed]");
        return 1;
}
