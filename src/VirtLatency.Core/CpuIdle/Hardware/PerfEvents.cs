using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VirtLatency.CpuIdle.Hardware;

/// <summary>The kernel's own counters. Only 64-bit x86 has C-state counters, so only its system call's number is known here.</summary>
internal sealed class PerfEvents : IPerfEvents
{
    /// <summary>ENOSYS of asm-generic/errno.h.</summary>
    private const int NotImplemented = 38;

    /// <summary>perf_event_open of arch/x86/entry/syscalls/syscall_64.tbl.</summary>
    private const nint PerfEventOpen = 298;

    // The first form of struct perf_event_attr (linux/perf_event.h): all of its other fields are 0. It must not ask for
    // samples, and leaves out nothing (hypervisor, idle), or the C-state PMUs refuse it.
    private const int AttributeBytes = 64;
    private const int SizeAt = 4;
    private const int ConfigAt = 8;
    private const nint CloseOnExec = 8;
    private const nint AnyProcess = -1;
    private const nint NoGroup = -1;

    /// <inheritdoc/>
    public IPerfCounter? Open(int type, long config, int cpu, out int error)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            error = NotImplemented;
            return null;
        }

        byte[] attribute = new byte[AttributeBytes];
        BinaryPrimitives.WriteInt32LittleEndian(attribute, type);
        BinaryPrimitives.WriteInt32LittleEndian(attribute.AsSpan(SizeAt), AttributeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(attribute.AsSpan(ConfigAt), config);
        nint descriptor = SystemCall(PerfEventOpen, attribute, AnyProcess, cpu, NoGroup, CloseOnExec);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        return descriptor < 0 ? null : new Counter((int)descriptor);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "syscall", ExactSpelling = true, SetLastError = true)]
    private static extern nint SystemCall(nint number, byte[] attribute, nint process, nint cpu, nint group, nint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "read", ExactSpelling = true)]
    private static extern nint Read(int descriptor, ref long value, nint length);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    private static extern int Close(int descriptor);

    private sealed class Counter(int descriptor) : IPerfCounter
    {
        private int _descriptor = descriptor;

        public long? Read()
        {
            long value = 0;
            return PerfEvents.Read(_descriptor, ref value, sizeof(long)) == sizeof(long) ? value : null;
        }

        public void Dispose()
        {
            if (_descriptor >= 0)
            {
                _ = Close(_descriptor);
                _descriptor = -1;
            }
        }
    }
}
