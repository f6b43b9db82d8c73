using VirtLatency.Bench;

string wanted = args.Length > 0 ? args[0] : "cpuidle";
switch (wanted)
{
    case "cpuidle":
        CpuIdleTreeCase.Run();
        return 0;
    case "join":
        PacketJoinCase.Run(pings: 1);
        return 0;
    case "join-mixed":
        PacketJoinCase.Run(pings: 8);
        return 0;
    default:
        // One case a process: a peak of memory is that of the case then.
        Console.Error.WriteLine("usage: VirtLatency.Bench [cpuidle|join|join-mixed]");
        return 1;
}
