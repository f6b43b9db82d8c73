namespace VirtLatency.Tests.CpuIdle.Wakeup;

/// <summary>A thread's stat and status as proc(5) lays them out.</summary>
internal static class ThreadText
{
    /// <summary>Field 9 is flags, 39 the CPU, 40 the realtime priority, 41 the policy.</summary>
    public static string Stat(int id, string name, long flags = 0x400040, int policy = 0) =>
        FormattableString.Invariant($"{id} ({name}) S 1 1 1 0 -1 {flags} 10 11 12 13 14 15 16 17 20 0 1 0 22 23000 24 18446744073709551615 26 27 28 29 30 31 32 33 34 35 36 37 17 2 50 {policy} 0 0 0");

    public static SysTree Thread(this SysTree tree, int process, int id, string name, string cpus, int policy = 0, long flags = 0x400040)
    {
        string folder = FormattableString.Invariant($"/proc/{process}/task/{id}/");
        return tree.Write(folder + "stat", Stat(id, name, flags, policy)).Write(folder + "status", $"Name:\t{name}\nCpus_allowed:\tff\nCpus_allowed_list:\t{cpus}\nMems_allowed_list:\t0");
    }
}
