using System.Diagnostics;
using System.Globalization;
using VirtLatency.CpuIdle;
using VirtLatency.Tests.CpuIdle;

namespace VirtLatency.Tests;

/// <summary>This assembly as a program: what tests have killed runs in a process of its own.</summary>
internal static class ChildProgram
{
    public static int Main(string[] arguments)
    {
        if (arguments is ["limit", string root, string state, string at])
        {
            LimitKilledAt(root, state, int.Parse(at, CultureInfo.InvariantCulture));
        }

        return 2;
    }

    /// <summary>Runs this assembly with arguments.</summary>
    /// <returns>Its exit code; 137 when it was killed.</returns>
    public static int Run(params string[] arguments)
    {
        using Process child = Process.Start("dotnet", ["exec", typeof(ChildProgram).Assembly.Location, .. arguments]);
        child.WaitForExit();
        return child.ExitCode;
    }

    /// <summary>Sets a limit of 10 us and dies by SIGKILL before write N, or after the last.</summary>
    private static void LimitKilledAt(string root, string state, int at)
    {
        using var host = new WritableHost(root) { OnWrite = (number, _) => KillWhen(number == at) };
        LimitRunner.Apply(host, LimitPlanner.Of(host, new LimitRequest { MaxExitLatencyUs = 10 }), new JournalStore(state));
        KillWhen(true);
    }

    private static void KillWhen(bool isTime)
    {
        if (isTime)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
