using System.Globalization;

namespace VirtLatency.LogWriter;

/// <summary>A network interface as a header names it.</summary>
/// <param name="Name">Kernel name, such as vnet5.</param>
/// <param name="Index">Interface index.</param>
public sealed record HostInterface(string Name, int Index)
{
    internal static string Describe(IEnumerable<HostInterface> interfaces) => string.Join(", ", interfaces.Select(item =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Name}(ifindex={item.Index})")));

    internal static string Names(IEnumerable<HostInterface> interfaces) => string.Join(',', interfaces.Select(item => item.Name));
}
