using System.Globalization;
using System.Text;

namespace VirtLatency.LogWriter;

/// <summary>The part of the header that the details and the summary tool share.</summary>
internal static class KvmTunHeader
{
    public static void Compose(StringBuilder text, KvmVhostTunOptions options)
    {
        IEnumerable<string> eventFds = options.Associations.Select(item => item.EventFd).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        string list = string.Join(", ", eventFds.Select(item => "'" + item + "'"));
        text.Append(CultureInfo.InvariantCulture, $"Device filter: {options.Device ?? "All TUN/TAP devices"}\n");
        text.Append(CultureInfo.InvariantCulture, $"Target eventfds: [{list}]\n");
        if (options.Associations.Count == 0)
        {
            return;
        }

        text.Append("\nTID -> Queue -> Eventfd associations from discovery:\n");
        foreach (KvmTunAssociation item in options.Associations)
        {
            text.Append(CultureInfo.InvariantCulture, $"  TID {item.WorkerTid} -> Queue {item.Queue} -> {item.EventFd ?? "None"} (count={item.Count})\n");
        }
    }
}
