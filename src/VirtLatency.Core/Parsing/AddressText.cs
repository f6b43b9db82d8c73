using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace VirtLatency.Parsing;

/// <summary>IPv4 addresses as text.</summary>
internal static class AddressText
{
    public static string Of(uint address) => string.Create(
        CultureInfo.InvariantCulture,
        $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    /// <summary>An IPv4 address as a number in network order; 0 for any other text.</summary>
    public static uint NumberOf(string? address) =>
        IPAddress.TryParse(address, out IPAddress? parsed) && parsed.TryWriteBytes(stackalloc byte[4], out int written) && written == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(parsed.GetAddressBytes())
            : 0;
}
