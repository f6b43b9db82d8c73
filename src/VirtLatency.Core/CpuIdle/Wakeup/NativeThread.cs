using System.Runtime.InteropServices;

namespace VirtLatency.CpuIdle.Wakeup;

/// <summary>
/// The few calls of the C library that the probe needs, for the calling thread. All arguments are numbers or addresses of
/// pinned memory, so nothing is converted and nothing is allocated.
/// </summary>
internal static class NativeThread
{
    /// <summary>Bytes of an affinity mask: 65536 CPUs.</summary>
    private const int MaskBytes = CpuRange.MostCpus / 8;

    private const int ClockMonotonicRaw = 4;
    private const int SetTimerSlack = 29;
    private const int CurrentThread = 1;
    private const int CloseOnExec = 0x80000;

    /// <summary>Longs in the kernel's struct rusage, and where the involuntary switches are in it (getrusage(2)).</summary>
    private const int UsageLongs = 18;
    private const int InvoluntarySwitches = 17;

    /// <summary>A counter to block on.</summary>
    /// <returns>The descriptor; below 0 where there is none.</returns>
    public static int OpenEvent() => EventFd(0, CloseOnExec);

    /// <summary>Closes a descriptor.</summary>
    /// <param name="descriptor">From <see cref="OpenEvent"/>.</param>
    public static void CloseEvent(int descriptor) => _ = Close(descriptor);

    /// <summary>Binds the calling thread to one CPU.</summary>
    /// <param name="cpu">The CPU's number.</param>
    /// <returns>False where the kernel refuses: the CPU is offline, or outside the cpuset.</returns>
    public static bool Pin(int cpu)
    {
        byte[] mask = GC.AllocateArray<byte>(MaskBytes, pinned: true);
        mask[cpu / 8] = (byte)(1 << (cpu % 8));
        return SchedSetAffinity(0, MaskBytes, AddressOf(mask)) == 0;
    }

    /// <summary>Lets the calling thread's timers end on time instead of together with others.</summary>
    public static void UseLeastTimerSlack() => _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>How often the calling thread was taken off its CPU while it could run.</summary>
    /// <returns>Since the thread's start; 0 where the kernel does not tell.</returns>
    public static long PreemptionCount()
    {
        long[] usage = GC.AllocateArray<long>(UsageLongs, pinned: true);
        return GetResourceUsage(CurrentThread, AddressOf(usage)) == 0 ? usage[InvoluntarySwitches] : 0;
    }

    /// <summary>The raw monotonic clock: no clock discipline bends it.</summary>
    /// <param name="time">Two pinned longs to work in.</param>
    /// <param name="address">Their address.</param>
    /// <returns>ns.</returns>
    public static long Now(long[] time, nint address)
    {
        _ = ClockGetTime(ClockMonotonicRaw, address);
        return (time[0] * 1_000_000_000) + time[1];
    }

    /// <summary>Blocks until the counter is not 0, and sets it to 0.</summary>
    /// <param name="descriptor">From <see cref="OpenEvent"/>.</param>
    /// <param name="value">Address of a long.</param>
    /// <returns>8, or below 0 when a signal came first.</returns>
    public static nint Await(int descriptor, nint value) => Read(descriptor, value, sizeof(long));

    /// <summary>Adds to the counter and wakes who blocks on it.</summary>
    /// <param name="descriptor">From <see cref="OpenEvent"/>.</param>
    /// <param name="value">Address of a long that holds 1.</param>
    public static void Wake(int descriptor, nint value) => _ = Write(descriptor, value, sizeof(long));

    /// <summary>The address of pinned memory.</summary>
    /// <typeparam name="T">A number.</typeparam>
    /// <param name="pinned">Allocated as pinned; must be kept alive by the caller.</param>
    /// <returns>Its address.</returns>
    public static nint AddressOf<T>(T[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "clock_gettime", ExactSpelling = true)]
    private static extern int ClockGetTime(int clock, nint time);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "eventfd", ExactSpelling = true)]
    private static extern int EventFd(uint start, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    private static extern int Close(int descriptor);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "read", ExactSpelling = true)]
    private static extern nint Read(int descriptor, nint buffer, nint length);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "write", ExactSpelling = true)]
    private static extern nint Write(int descriptor, nint buffer, nint length);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "sched_setaffinity", ExactSpelling = true)]
    private static extern int SchedSetAffinity(int thread, nint length, nint mask);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "prctl", ExactSpelling = true)]
    private static extern int ProcessControl(int option, nint a, nint b, nint c, nint d);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "getrusage", ExactSpelling = true)]
    private static extern int GetResourceUsage(int who, nint usage);
}
