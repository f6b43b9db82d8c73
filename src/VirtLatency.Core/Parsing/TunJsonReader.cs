using System.Buffers.Binary;
using System.Text.Json;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>
/// Reads one object of the --output file. Its keys come in any order (Python before 3.6 keeps none). Addresses are the
/// packet's bytes read as little-endian numbers, id and sequence too: all are turned round here.
/// </summary>
internal sealed class TunJsonReader
{
    private readonly TunEventReader _names = new();

    /// <summary>Reads an object.</summary>
    /// <returns>False when it is no stage event.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, long line, out TunEvent stage)
    {
        stage = TunEvent.Blank(line, TunLayout.Json);
        try
        {
            var fields = default(Fields);
            return ReadFields(text, ref fields, ref stage) && Complete(in fields, ref stage);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool ReadFields(ReadOnlySpan<byte> text, ref Fields fields, ref TunEvent stage)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String ? !ReadText(name, ref reader, ref fields, ref stage) : !ReadNumber(name, ref reader, ref fields, ref stage))
            {
                return false;
            }
        }

        return !reader.Read();
    }

    private bool ReadText(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref Fields fields, ref TunEvent stage)
    {
        if (name.SequenceEqual("queue_key"u8))
        {
            fields.HasQueue = !reader.ValueIsEscaped && _names.TryReadQueue(reader.ValueSpan, ref stage);
            return fields.HasQueue;
        }

        stage.IsKernelWorker |= name.SequenceEqual("comm"u8) && reader.ValueSpan.StartsWith("kworker/"u8);
        fields.IsIrqfd |= name.SequenceEqual("stage_name"u8) && reader.ValueTextEquals("irqfd_wakeup"u8);
        return true;
    }

    private static bool ReadNumber(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref Fields fields, ref TunEvent stage)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetUInt64(out ulong value))
        {
            return false;
        }

        if (name.SequenceEqual("timestamp"u8))
        {
            (fields.HasStamp, stage.IsDated, stage.Stamp) = (true, true, (long)value);
            return value <= long.MaxValue;
        }

        if (name.SequenceEqual("delay_ns"u8))
        {
            fields.HasDelay = true;
            stage.IsWrapped = value > long.MaxValue;
            stage.Delay = stage.IsWrapped ? Latency.Missing : (long)value;
            return true;
        }

        if (name.SequenceEqual("sock_ptr"u8))
        {
            stage.Socket = value;
            return true;
        }

        if (name.SequenceEqual("eventfd_ctx"u8))
        {
            stage.EventFd = value;
            return true;
        }

        return ReadSmallNumber(name, value, ref fields, ref stage);
    }

    private static bool ReadSmallNumber(ReadOnlySpan<byte> name, ulong value, ref Fields fields, ref TunEvent stage) =>
        name.SequenceEqual("stage"u8) ? Set(value, 5, out stage.Stage)
        : name.SequenceEqual("cpu_id"u8) ? Set(value, ushort.MaxValue, out stage.Cpu)
        : name.SequenceEqual("pid"u8) ? Set(value, int.MaxValue, out stage.Pid)
        : name.SequenceEqual("gsi"u8) ? Set(value, int.MaxValue, out stage.Interrupt)
        : name.SequenceEqual("protocol"u8) ? Set(value, byte.MaxValue, out stage.Protocol)
        : name.SequenceEqual("saddr"u8) ? SetAddress(value, out stage.Source)
        : name.SequenceEqual("daddr"u8) ? SetAddress(value, out stage.Destination)
        : name.SequenceEqual("icmp_id"u8) ? Set(value, ushort.MaxValue, out fields.IcmpId)
        : name.SequenceEqual("icmp_seq"u8) ? Set(value, ushort.MaxValue, out fields.IcmpSequence)
        : !name.SequenceEqual("icmp_type"u8) || (fields.HasIcmp = Set(value, byte.MaxValue, out fields.IcmpType));

    private static bool Set(ulong value, int most, out int number)
    {
        number = (int)Math.Min(value, int.MaxValue);
        return value <= (ulong)most;
    }

    private static bool SetAddress(ulong value, out uint address)
    {
        address = BinaryPrimitives.ReverseEndianness((uint)value);
        return value <= uint.MaxValue;
    }

    /// <summary>What only the whole object tells. Builds without ICMP fields do not measure stage 2's delay: they write 0.</summary>
    private static bool Complete(in Fields fields, ref TunEvent stage)
    {
        if (!fields.HasStamp || !fields.HasDelay || !fields.HasQueue || stage.Stage < 1)
        {
            return false;
        }

        stage.IsThirdOfThree = stage.Stage == 3 && fields.IsIrqfd;
        stage.Stage = stage.IsThirdOfThree ? 4 : stage.Stage;
        stage.TellsIcmp = fields.HasIcmp;
        stage.Interrupt = stage.Interrupt == 0 ? -1 : stage.Interrupt;
        if (stage.Stage == 1 || (stage.Stage == 2 && !fields.HasIcmp))
        {
            stage.Delay = Latency.Missing;
        }

        if (stage.Stage == 1 && stage.Source != 0 && stage.Protocol == 1 && fields.HasIcmp)
        {
            stage.IcmpType = fields.IcmpType;
            stage.IcmpId = BinaryPrimitives.ReverseEndianness((ushort)fields.IcmpId);
            stage.Sequence = BinaryPrimitives.ReverseEndianness((ushort)fields.IcmpSequence);
        }

        return true;
    }

    private struct Fields
    {
        public bool HasStamp;
        public bool HasDelay;
        public bool HasQueue;
        public bool HasIcmp;
        public bool IsIrqfd;
        public int IcmpType;
        public int IcmpId;
        public int IcmpSequence;
    }
}
