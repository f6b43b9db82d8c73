using System.Management.Automation;
using VirtLatency.CpuIdle;
using VirtLatency.CpuIdle.Vhost;

namespace VirtLatency.Common;

/// <summary>What commands share whose CPUs can be given as the tap device of a virtual machine.</summary>
public abstract class VhostHostCommand : HostCommand
{
    /// <summary>Tap devices, such as vnet0: the CPUs of their vhost workers, vCPUs and NIC interrupts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] VhostWorker { get; set; } = [];

    /// <summary>The CPUs behind -VhostWorker; runs on the host's thread, and says on the pipeline's what they come from.</summary>
    /// <param name="host">The host.</param>
    /// <param name="post">Runs an action on the pipeline's thread.</param>
    /// <returns>The CPUs; null without -VhostWorker.</returns>
    private protected VhostCpus? FindVhostCpus(IHostAccess host, Action<Action> post)
    {
        if (VhostWorker.Length == 0)
        {
            return null;
        }

        VhostCpus found = VhostCpuReader.Read(host, VhostWorker, Stop);
        post(() =>
        {
            foreach (string line in found.Details)
            {
                WriteVerbose($"{found.HostName}: {line}");
            }

            foreach (string warning in found.Warnings)
            {
                WriteWarning($"{found.HostName}: {warning}");
            }
        });
        return found;
    }

    /// <summary>-Cpu and the CPUs behind -VhostWorker together.</summary>
    /// <param name="found">From <see cref="FindVhostCpus"/>.</param>
    /// <returns>The CPUs; empty where neither was given: all.</returns>
    private protected int[] CpusWith(VhostCpus? found) => found is null ? Cpu : [.. Cpu.Union(found.Cpus).Order()];
}
