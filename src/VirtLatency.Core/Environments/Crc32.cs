namespace VirtLatency.Environments;

/// <summary>The check sum of zip entries (reflected polynomial 0xEDB88320), which .NET's archive does not look at when it reads.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>Goes on with a check sum.</summary>
    /// <param name="crc">The sum of the bytes before; 0 at the beginning.</param>
    /// <param name="bytes">Further bytes.</param>
    /// <returns>The sum of all of them.</returns>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (byte value in bytes)
        {
            crc = Table[(byte)crc ^ value] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            }

            table[i] = value;
        }

        return table;
    }
}
