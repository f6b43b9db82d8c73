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

        return arguments is ["limit-live", string journals] ? LimitThisMachine(journals) : 2;
    }

    /// <summary>Runs this assembly with arguments as another user.</summary>
    /// <returns>Its exit code, and what it said on standard error.</returns>
    public static (int Code, string Said) RunAs(string user, params string[] arguments)
    {
        using Process child = Process.Start(new ProcessStartInfo("/usr/bin/env", ["setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "dotnet", "exec", typeof(ChildProgram).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        string said = child.StandardError.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, said);
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

    /// <summary>Tries the first CPU's state1 for real, and says what came of it.</summary>
    private static int LimitThisMachine(string journals)
    {
        using LocalHost host = LocalHost.Live();
        string name = CpuIdleReader.Read(host).Cpus[0].States[1].Name;
        try
        {
            LimitRunner.Apply(host, LimitPlanner.Of(host, new LimitRequest { DisableStates = [name], Cpus = [0], AllowPolling = true }), new JournalStore(journals));
            return 0;
        }
        catch (HostAccessException e)
        {
            Console.Error.WriteLine($"{e.Problem}: {e.Message}");
            return 1;
        }
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
