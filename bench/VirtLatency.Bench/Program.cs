using VirtLatency.Bench;

string wanted = args.Length > 0 ? args[0] : "all";
if (wanted is not ("all" or "cpuidle"))
{
    Console.Error.WriteLine("usage: VirtLatency.Bench [all|cpuidle]");
    return 1;
}

CpuIdleTreeCase.Run();
return 0;
