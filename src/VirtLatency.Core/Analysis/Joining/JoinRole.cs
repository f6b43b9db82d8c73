using VirtLatency.Model;

namespace VirtLatency.Analysis.Joining;

/// <summary>The roles whose logs carry what a packet is known by. Lines of kvm_vhost_tun_latency carry nothing of it.</summary>
internal static class JoinRole
{
    /// <summary>Logs that see every packet of the ping: the VMs' and the hosts'.</summary>
    public const int CoreCount = 4;

    /// <summary>The core roles, then those that are joined where they carry id and sequence.</summary>
    public static readonly IReadOnlyList<LogRole> All =
    [
        LogRole.SenderVm, LogRole.ReceiverVm, LogRole.SenderHost, LogRole.ReceiverHost,
        LogRole.ReceiverTunIrq, LogRole.SenderTunIrq, LogRole.SenderPing,
    ];

    /// <summary>The role's place in <see cref="All"/>; -1 for one that is not joined.</summary>
    public static int SlotOf(LogRole role)
    {
        for (int slot = 0; slot < All.Count; slot++)
        {
            if (All[slot] == role)
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>The mask of roles, a bit for each slot.</summary>
    public static int MaskOf(params ReadOnlySpan<LogRole> roles)
    {
        int mask = 0;
        foreach (LogRole role in roles)
        {
            mask |= 1 << SlotOf(role);
        }

        return mask;
    }
}
