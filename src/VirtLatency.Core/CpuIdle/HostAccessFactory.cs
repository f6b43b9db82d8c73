using VirtLatency.Ssh;

namespace VirtLatency.CpuIdle;

/// <summary>Chooses how a host is reached.</summary>
public static class HostAccessFactory
{
    /// <summary>Opens a host: another machine by its ssh name, a captured tree, or this machine where neither is given.</summary>
    /// <param name="hostName">A name for ssh, such as <c>root@hv-07</c>; null for none.</param>
    /// <param name="sysRoot">The folder of a captured tree, which holds sys and proc; null for none.</param>
    /// <returns>The access; the caller disposes of it.</returns>
    /// <exception cref="HostAccessException">The tree holds no /sys or /proc, or the host's name may not be given to ssh; whether it is there shows with the first request.</exception>
    public static IHostAccess Open(string? hostName, string? sysRoot)
    {
        if (sysRoot is not null)
        {
            return OpenTree(sysRoot);
        }

        return hostName is null ? LocalHost.Live() : SshHost.Open(hostName);
    }

    private static LocalHost OpenTree(string sysRoot)
    {
        LocalHost tree = LocalHost.Captured(sysRoot);
        return Directory.Exists(Path.Combine(sysRoot, "sys")) || Directory.Exists(Path.Combine(sysRoot, "proc"))
            ? tree
            : throw new HostAccessException(HostAccessProblem.Missing, tree.HostName, $"'{sysRoot}' holds neither sys nor proc, so it is no captured tree. Give the folder that holds them, such as a sosreport's top folder.");
    }
}
