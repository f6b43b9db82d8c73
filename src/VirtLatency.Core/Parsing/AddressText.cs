using System.Globalization;

namespace VirtLatency.Parsing;

/// <summary>IPv4 addresses as text.</summary>
internal static class AddressText
{
    public static string Of(uint address) => string.Create(
        CultureInfo.InvariantCulture,
        $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
}
