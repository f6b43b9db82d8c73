using System.Buffers.Binary;
using VirtLatency.Model;

namespace VirtLatency.Environments;

/// <summary>A sample record as 24 bytes, little-endian whatever the machine: flow, id, sequence, flags, four values.</summary>
internal static class RecordBytes
{
    public const int Size = 24;

    public static void Write(in SampleRecord record, Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, record.Flow);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], record.IcmpId);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], record.Sequence);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], (ushort)record.Flags);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], record.Value0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], record.Value1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], record.Value2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], record.Value3);
    }

    public static SampleRecord Read(ReadOnlySpan<byte> bytes) => new()
    {
        Flow = BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        IcmpId = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
        Sequence = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
        Flags = (SampleFlags)BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]),
        Value0 = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
        Value1 = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
        Value2 = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
        Value3 = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
    };
}
